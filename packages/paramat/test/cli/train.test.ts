import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "paramat-train-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1) as string;
const small = ["train", "--train", "400", "--batch", "32", "--no-table"];

describe("paramat train", () => {
  test("learns digits, prints the confusion matrix, writes pictures, and ends in one JSON object", async () => {
    const out = join(folder, "small");
    const { code, out: text, err } = await run([...small, "--epochs", "3", "--out", out, "--json"]);
    expect(err.replace(/^.*npm warn.*$/gm, "").trim()).toBe("");
    expect(code).toBe(0);
    const result = JSON.parse(lastLine(text)) as Record<string, unknown>;
    expect(Object.keys(result)).toEqual(["data", "backend", "parameters", "testAccuracy", "seconds"]);
    expect(result).toMatchObject({ data: "digits", backend: "cpu-float32", parameters: 5994 });
    // Guessing gives 0.1.
    expect(result.testAccuracy).toBeGreaterThan(0.3);
    expect(text).toContain("conv1     [16, 16, 8]         208");
    expect(text).toMatch(/epoch 3\/3/);
    const rows = text.split("\n").filter((line) => /^ +\d │/.test(line));
    const counted = rows
      .flatMap((line) => (line.split("│")[1] as string).trim().split(/ +/))
      .reduce((n, cell) => n + (cell === "·" ? 0 : Number(cell)), 0);
    expect(rows).toHaveLength(10);
    expect(counted).toBe(1000);
    for (const name of ["digits-loss.svg", "digits-conv1-stencils.svg", "digits-conv2-stencils.svg"]) {
      expect(text).toContain(join(out, name));
      expect(readFileSync(join(out, name), "utf8")).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    }
  });

  test("interrupted and resumed it ends with the same numbers as in one go", async () => {
    const args = (out: string) => [...small, "--epochs", "4", "--no-plots", "--json", "--out", join(folder, out)];
    const straight = await run(args("straight"));
    const interrupted = await run(args("broken"), { kill: { text: "epoch 2/4", signal: "SIGINT" } });
    expect(interrupted.code).toBe(130);
    expect(interrupted.out).toContain("--resume");
    const resumed = await run([...args("broken"), "--resume"]);
    expect(resumed.code).toBe(0);
    const accuracy = (text: string) => (JSON.parse(lastLine(text)) as { testAccuracy: number }).testAccuracy;
    expect(accuracy(resumed.out)).toBe(accuracy(straight.out));
    const epochLosses = (text: string) => text.match(/epoch 4\/4 +loss [\d.e-]+ +validation [\d.e-]+/)?.[0];
    expect(epochLosses(resumed.out)).toBe(epochLosses(straight.out));
    expect(epochLosses(straight.out)).toBeDefined();
  });

  test.each([
    [["--data", "cifar"], "--data is cifar; it must be one of digits, mnist, fashion-mnist, optdigits"],
    [["--epochs", "0"], "--epochs is 0; it must be a whole number ≥ 1"],
    [["--lambda=-1"], "--lambda is -1; it must be a number ≥ 0"],
    [["--backend", "gpu"], "--backend is gpu; it must be one of cpu-float32, cpu-float64"],
    [["--speed"], "Unknown option '--speed'"],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { code, err } = await run(["train", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("says what is missing when a data set is not there", async () => {
    const { code, err } = await run(["train", "--data", "mnist", "--no-download", "--out", join(folder, "none")], {
      env: { PARAMAT_DATA: join(folder, "empty"), XDG_CACHE_HOME: join(folder, "cache") },
    });
    expect(code).toBe(1);
    expect(err).toMatch(/^DataError: .*train-images-idx3-ubyte\.gz/);
    expect(err).toContain("PARAMAT_DATA");
  });

  const optdigits = process.env.PARAMAT_DATA !== undefined && existsSync(join(process.env.PARAMAT_DATA, "optdigits"));
  test.skipIf(!optdigits)("reaches 97 % on optdigits (needs PARAMAT_DATA)", { timeout: 300_000 }, async () => {
    const { code, out: text } = await run(["train", "--data", "optdigits", "--no-plots", "--json", "--out", join(folder, "optdigits")]);
    expect(code).toBe(0);
    expect((JSON.parse(lastLine(text)) as { testAccuracy: number }).testAccuracy).toBeGreaterThanOrEqual(0.97);
  });
});

describe("paramat", () => {
  test("prints its version and its usage", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect((await run(["--version"])).out.trim()).toBe(manifest.version);
    expect((await run(["--help"])).out).toContain("paramat train [options]");
    expect((await run(["train", "--help"])).out).toContain("--data NAME");
  });

  test("names the commands there are", async () => {
    const { code, err } = await run(["fly"]);
    expect(code).toBe(2);
    expect(err).toContain("paramat: there is no command fly; the commands are: train");
  });
});
