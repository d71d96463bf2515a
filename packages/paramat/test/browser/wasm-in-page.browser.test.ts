import { expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";
import { wasmInPage } from "./wasm-in-page.js";

/** Σ of A² for the matrix of the page, A[i, j] = (256·i + j) mod 7: Σ_k (column sum of k)·(row sum of k). */
function wantedSum(): number {
  const size = 256;
  let sum = 0;
  for (let k = 0; k < size; k++) {
    let [column, row] = [0, 0];
    for (let i = 0; i < size; i++) {
      column += (size * i + k) % 7;
      row += (size * k + i) % 7;
    }
    sum += column * row;
  }
  return sum;
}

inBrowser("WebAssembly in a page", () => {
  test("a page that is isolated has two threads, and the laws hold on one and on two", async () => {
    const found = await runInPage(wasmInPage, "wasm-in-page.js", { isolated: true });
    expect(found.map(({ executedOn }) => executedOn)).toEqual([
      expect.stringMatching(/^wasm-float32, 1 thread, (relaxed )?SIMD$/),
      expect.stringMatching(/^wasm-float64, 1 thread, (relaxed )?SIMD$/),
      expect.stringMatching(/^wasm-float32, 2 threads, (relaxed )?SIMD$/),
    ]);
    expect(found.map(({ threadsRunning }) => threadsRunning)).toEqual([1, 1, 2]);
    expect(found.flatMap(({ faults }) => faults)).toEqual([]);
    for (const { sum } of found) expect(Math.abs(sum - wantedSum())).toBeLessThan(1e-5 * wantedSum());
  });

  test("a page that is not isolated has one thread, and says why", async () => {
    const found = await runInPage(wasmInPage, "wasm-in-page.js");
    expect(found.at(-1)!.executedOn).toContain(
      "wasm-float32, 1 thread (2 were asked for; memory cannot be shared: the page is not cross-origin isolated)",
    );
    expect(found.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
