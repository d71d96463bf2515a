import type { Backend } from "@paramat/backends";
import { leaves, paths, sizeOf, type Tree } from "@paramat/core";
import type { Examples } from "./examples.js";

/**
 * The first number that is NaN or ∞ on the backend, in words: `inputs hold NaN at example 17 (its number 4, counted from 0)`; null if there is none.
 * @param rows numbers of the examples to look at; all of them if null
 * @remarks A float32 backend takes a float64 number beyond 3.4e38 for ∞.
 */
export function nonFiniteExample(backend: Backend, examples: Examples, rows: ArrayLike<number> | null): string | null {
  const onBackend = backend.precision === "float32" ? Math.fround : (x: number) => x;
  const count = rows ? rows.length : examples.size;
  for (let i = 0; i < count; i++) {
    const e = rows ? (rows[i] as number) : i;
    for (const part of ["input", "target"] as const) {
      const numbers = examples[`${part}s`];
      const width = sizeOf(examples[`${part}Shape`]);
      for (let j = 0; j < width; j++) {
        const x = onBackend(numbers[e * width + j] as number);
        if (!Number.isFinite(x)) return `${part}s hold ${x} at example ${e} (its number ${j}, both counted from 0)`;
      }
    }
  }
  return null;
}

/** The first parameter with a number that is NaN or ∞: `.conv1.theta holds NaN`; null if there is none. */
export async function nonFiniteParameter(params: Tree): Promise<string | null> {
  const names = paths(params);
  for (const [i, leaf] of leaves(params).entries()) {
    const found = (await leaf.read()).find((x: number) => !Number.isFinite(x));
    if (found !== undefined) return `params${names[i]} holds ${found}`;
  }
  return null;
}
