import * as fc from "fast-check";
import type { Backend, Contraction, MatmulSizes, View } from "../backend.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { type Layout, layoutOf } from "./layout.js";
import { count, indicesOf, strided } from "./multi-index.js";
import { verifyTrilinear } from "./trilinear.js";
import { values } from "./values.js";

const side = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 6 }) }, { weight: 1, arbitrary: fc.integer({ min: 7, max: 40 }) });
const drawnSizes = fc.record({ batch: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }), m: side, n: side, k: side });

/** Past the usual block sizes (128, 256) and no multiple of a vector's length, one axis at a time and all at once. */
const largeSizes = fc.constantFrom<MatmulSizes>(
  { batch: [], m: 131, n: 9, k: 5 },
  { batch: [], m: 6, n: 261, k: 7 },
  { batch: [], m: 5, n: 7, k: 517 },
  { batch: [], m: 133, n: 259, k: 263 },
);

function multiplyNaively({ batch, m, n, k }: MatmulSizes, la: Layout, lb: Layout, a: readonly number[], b: readonly number[]): number[] {
  const out: number[] = [];
  const [aStep, bStep] = [la.strides.at(-1)!, lb.strides.at(-2)!];
  for (const e of indicesOf(batch)) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const [row, col] = [strided(la.offset, la.strides, [...e, i, 0]), strided(lb.offset, lb.strides, [...e, 0, j])];
        let sum = 0;
        for (let t = 0; t < k; t++) sum += a[row + t * aStep]! * b[col + t * bStep]!;
        out.push(sum);
      }
    }
  }
  return out;
}

async function verifyContract(backend: Backend, sizes: MatmulSizes, seed: number): Promise<void> {
  const { batch, m, n, k } = sizes;
  const la = layoutOf([...batch, m, k], seed);
  const lb = layoutOf([...batch, k, n], seed + 1);
  const inputs = [values(la.length, seed + 2), values(lb.length, seed + 3)] as const;
  // However the terms are ordered, a sum of k products is known to k ε Σ|a b| (Higham, Accuracy and Stability, 3.1).
  const magnitudes = multiplyNaively(sizes, la, lb, inputs[0].map(Math.abs), inputs[1].map(Math.abs));
  const largest = magnitudes.reduce((most, x) => Math.max(most, x), 1);
  await verifyKernel(backend, {
    what: `contract ${JSON.stringify(sizes)}, a ${JSON.stringify(la)}, b ${JSON.stringify(lb)}`,
    inputs,
    run: ([a, b]) => backend.contract(sizes, { buffer: a!, ...la }, { buffer: b!, ...lb }),
    expected: ([a, b]) => multiplyNaively(sizes, la, lb, a!, b!),
    tolerance: (2 + k) * largest,
  });
}

/** C = AB as a trilinear form in θ = A, y = B, z. */
function contraction(backend: Backend, { batch, m, n, k }: MatmulSizes) {
  const view = (buffer: View["buffer"], rows: number, cols: number, transposed = false): View => {
    const batchStrides = batch.map((_, a) => count(batch.slice(a + 1)) * rows * cols);
    return { buffer, offset: 0, strides: [...batchStrides, ...(transposed ? [1, cols] : [cols, 1])] };
  };
  return (which: Contraction, a: View["buffer"], b: View["buffer"]) => {
    if (which === "apply") return backend.contract({ batch, m, n, k }, view(a, m, k), view(b, k, n));
    if (which === "applyTranspose") return backend.contract({ batch, m: k, n, k: m }, view(a, m, k, true), view(b, m, n));
    return backend.contract({ batch, m, n: k, k: n }, view(b, m, n), view(a, k, n, true));
  };
}

/** `contract` is the batched matrix product of any two views. */
export const contractLaws: readonly BackendLaw[] = [
  backendLawOf(
    "contract: matrix product of any views",
    fc.record({ sizes: drawnSizes, seed: fc.nat() }),
    (backend, { sizes, seed }) => verifyContract(backend, sizes, seed),
    120,
  ),
  backendLawOf(
    "contract: sizes past every block",
    fc.record({ sizes: largeSizes, seed: fc.nat() }),
    (backend, { sizes, seed }) => verifyContract(backend, sizes, seed),
    6,
  ),
  backendLawOf("contract: its three contractions agree", fc.record({ sizes: drawnSizes, seed: fc.nat() }), (backend, { sizes, seed }) => {
    const { batch, m, n, k } = sizes;
    const inputs = [
      values(count([...batch, m, k]), seed),
      values(count([...batch, k, n]), seed + 1),
      values(count([...batch, m, n]), seed + 2),
    ] as const;
    return verifyTrilinear(backend, `contract ${JSON.stringify(sizes)}`, count([...batch, m, n, k]), inputs, contraction(backend, sizes));
  }),
];
