import * as fc from "fast-check";
import type { GatherLayout } from "../backend.js";
import { dot } from "./agree.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { stored, uniform, values } from "./values.js";

const drawn = fc.record({
  outer: fc.integer({ min: 0, max: 3 }),
  size: fc.integer({ min: 0, max: 7 }),
  inner: fc.integer({ min: 0, max: 4 }),
  count: fc.integer({ min: 0, max: 12 }),
  seed: fc.nat(),
});

/** Positions in −1 … size−1, with repetitions. */
function indexOf({ size, count }: GatherLayout, seed: number): number[] {
  const next = uniform(seed);
  return Array.from({ length: count }, () => Math.floor((size + 1) * next()) - 1);
}

/** Visits every pair of an entry [o, index[k], i] of the larger side and [o, k, i] of the other. */
function forEachPair(
  { outer, size, inner, count }: GatherLayout,
  index: readonly number[],
  visit: (at: number, through: number) => void,
): void {
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < count; k++) {
      if (index[k] === -1) continue;
      for (let i = 0; i < inner; i++) visit((o * size + index[k]!) * inner + i, (o * count + k) * inner + i);
    }
  }
}

/** `gather` reads through an index, −1 reads 0, and `scatterAdd` is its transpose. */
export const gatherLaws: readonly BackendLaw[] = [
  backendLawOf("gather: reads through an index, −1 gives 0", drawn, async (backend, { seed, ...layout }) => {
    const { outer, size, inner, count } = layout;
    const index = indexOf(layout, seed);
    await verifyKernel(backend, {
      what: `gather ${JSON.stringify(layout)} at [${index.join(", ")}]`,
      inputs: [values(outer * size * inner, seed + 1)],
      index,
      run: ([x], positions) => backend.gather(layout, x!, positions),
      expected: ([x]) => {
        const out = new Array<number>(outer * count * inner).fill(0);
        forEachPair(layout, index, (at, through) => (out[through] = x![at]!));
        return out;
      },
      tolerance: 0,
    });
  }),
  backendLawOf("scatterAdd: adds through an index, −1 goes nowhere", drawn, async (backend, { seed, ...layout }) => {
    const { outer, size, inner, count } = layout;
    const index = indexOf(layout, seed);
    await verifyKernel(backend, {
      what: `scatterAdd ${JSON.stringify(layout)} at [${index.join(", ")}]`,
      inputs: [values(outer * count * inner, seed + 1)],
      index,
      run: ([x], positions) => backend.scatterAdd(layout, x!, positions),
      expected: ([x]) => {
        const out = new Array<number>(outer * size * inner).fill(0);
        forEachPair(layout, index, (at, through) => (out[at]! += x![through]!));
        return out;
      },
      tolerance: 4 * (1 + count),
    });
  }),
  backendLawOf("scatterAdd: transpose of gather", drawn, async (backend, { seed, ...layout }) => {
    const { outer, size, inner, count } = layout;
    const index = backend.uploadIndex(indexOf(layout, seed));
    const x = stored(backend, values(outer * size * inner, seed + 1));
    const z = stored(backend, values(outer * count * inner, seed + 2));
    const gathered = dot(z, await backend.read(backend.gather(layout, backend.upload(x), index)));
    const scattered = dot(x, await backend.read(backend.scatterAdd(layout, backend.upload(z), index)));
    if (!(Math.abs(gathered - scattered) <= 8 * backend.epsilon * (1 + z.length))) {
      throw new Error(`scatterAdd ${JSON.stringify(layout)}: ⟨z, gather x⟩ = ${gathered}, ⟨scatterAdd z, x⟩ = ${scattered}`);
    }
  }),
];
