import { beforeAll, describe, expect, test } from "vitest";
import { type GpuBackend, gpu } from "../../src/gpu.js";
import { backendLaws } from "../../src/laws.js";

const isAsked = process.env["PARAMAT_HEADLESSGL"] === "1";

// The package gl has to be built and needs a display, so nobody gets this by default: `npm run test:headlessgl`.
describe.skipIf(!isAsked)("the laws on headless-gl, in Node (npm run test:headlessgl)", () => {
  const found = {} as { backend: GpuBackend };
  beforeAll(async () => {
    found.backend = await gpu({ mode: "headlessgl" });
    console.log(found.backend.executedOn);
  }, 60_000);

  test.each(backendLaws.map(({ name, check }) => [name, check] as const))(
    "%s",
    async (_, check) => {
      await check(found.backend, { numRuns: 5 });
    },
    120_000,
  );

  test("is what runs where no mode is named, since Node has no other", async () => {
    const backend = await gpu();
    expect(backend.name).toBe("gpu-headlessgl");
    await backend.destroy();
  });
});
