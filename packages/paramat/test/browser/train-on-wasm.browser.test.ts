import { beforeAll, describe, expect, test } from "vitest";
import { enableRelaxedSimd } from "../../src/relaxed-simd.js";
import { inBrowser } from "./in-browser.js";
import { type RunOptions, runInPage } from "./run-in-page.js";
import { asked, type TrainedOnWasm, trainOnWasm } from "./train-on-wasm.js";

interface Host extends RunOptions {
  readonly name: string;
  /** Workers that come to listen where two threads are asked for. */
  readonly workers: number;
}

const hosts: readonly Host[] = [
  { name: "an isolated page", isolated: true, workers: 1 },
  { name: "a worker of an isolated page", isolated: true, inWorker: true, workers: 1 },
  { name: "a page that is not isolated", workers: 0 },
  { name: "a worker of a page that is not isolated", inWorker: true, workers: 0 },
  {
    name: "an isolated page that forbids to compile strings, and workers from blobs",
    isolated: true,
    policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
    workers: 0,
  },
];
const cases = asked.map(({ precision, threads }, i) => ({ i, name: `${precision}, ${threads} asked for`, precision }));

inBrowser("training on WASM", () => {
  const found = { inNode: [] as readonly TrainedOnWasm[], inPages: new Map<string, readonly TrainedOnWasm[]>() };
  beforeAll(async () => {
    for (const host of hosts) found.inPages.set(host.name, await runInPage(trainOnWasm, "train-on-wasm.js", host));
    // Node rounds as the page does where both can fuse products and sums, or neither can.
    if (found.inPages.get(hosts[0]!.name)![0]!.executedOn.includes("relaxed SIMD")) enableRelaxedSimd();
    found.inNode = await trainOnWasm();
  }, 240_000);

  describe.each(hosts)("in $name", ({ name, isolated = false, workers }) => {
    test("works for two threads only where these can share memory, and says what it runs on", () => {
      const [one, two, double] = found.inPages.get(name)!;
      expect(one!.executedOn).toMatch(/^wasm-float32, 1 thread, (relaxed )?SIMD$/);
      expect(double!.executedOn).toMatch(/^wasm-float64, 1 thread, (relaxed )?SIMD$/);
      expect(two!.threadsRunning).toBe(1 + workers);
      expect(two!.executedOn).toMatch(
        isolated
          ? /^wasm-float32, 2 threads, (relaxed )?SIMD$/
          : /^wasm-float32, 1 thread \(2 were asked for; memory cannot be shared: the page is not cross-origin isolated\), (relaxed )?SIMD$/,
      );
    });

    test.each(cases)("learns, with the losses that Node gives: $name", ({ i, precision }) => {
      const inPage = found.inPages.get(name)![i]!;
      // Where two threads were asked for and cannot be, there is one. Where the other does not start, this one does its part, with the same bits.
      const inNode = found.inNode[isolated || i !== 1 ? i : 0]!;
      expect(inPage.accuracy).toBeGreaterThan(0.8);
      expect(inPage.losses).toHaveLength(inNode.losses.length);
      if (roundsAlike(inPage, inNode)) expect(inPage.losses).toEqual(inNode.losses);
      const epsilon = precision === "float64" ? 2 ** -52 : 2 ** -23;
      inPage.losses.forEach((loss, step) => {
        expect(Math.abs(loss - inNode.losses[step]!)).toBeLessThan(100 * (step + 1) * epsilon);
      });
    });
  });
});

function roundsAlike(a: TrainedOnWasm, b: TrainedOnWasm): boolean {
  return a.executedOn.includes("relaxed SIMD") === b.executedOn.includes("relaxed SIMD");
}
