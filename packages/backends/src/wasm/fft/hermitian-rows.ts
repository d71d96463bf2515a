import { rootOfUnity } from "../../cpu/root-of-unity.js";
import { advance, type Code, forRange, i32, type Local, sequence, set, type WasmFunction, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Rows, Strip } from "./layout.js";
import { storeVector } from "./store-vector.js";

export interface HermitianOptions {
  /** Half of the length of the real signal. */
  readonly half: number;
  /** From the transform of the pairs to the spectrum, or back (and then twice the transform of the pairs). */
  readonly direction: "split" | "merge";
  readonly source: Rows;
  readonly result: Rows;
  readonly strip: Strip;
  /** Where `hermitianFactors` start in the tables, in bytes. */
  readonly factors: number;
}

/** f_k = −i e^{−πi k/m} for k = 1 … ⌊m/2⌋, or their conjugates for "merge". */
export function hermitianFactors(half: number, direction: "split" | "merge"): (readonly [number, number])[] {
  return Array.from({ length: Math.floor(half / 2) }, (_, i) => {
    const [c, s] = rootOfUnity(i + 1, 2 * half);
    return direction === "split" ? ([s, -c] as const) : ([s, c] as const);
  });
}

/**
 * A real signal of length 2m is transformed as m complex numbers z_j = x_{2j} + i x_{2j+1}. "split" makes the spectrum of x from Z = F z:
 * X_k = ½(S + f_k D) and X_{m−k} = ½ conj(S − f_k D) with S = Z_k + conj Z_{m−k}, D = Z_k − conj Z_{m−k}, f_k = −i e^{−πi k/m}; "merge" is its inverse
 * times 2: the same without the ½, with conj f_k (Press et al., Numerical Recipes, 12.3). Rows 0 and m are real: imaginary parts are written as 0, and
 * not read. Parameters: source, result, tables.
 */
export function hermitianRows(module: WasmModule, numbers: Numbers, options: HermitianOptions): WasmFunction {
  const { half, source, result, factors } = options;
  const { vector, bytes } = numbers;
  return module.func(["i32", "i32", "i32"], [], (params, { local }) => {
    const [from, to, tables] = params as [Local, Local, Local];
    const [k, up, down, outUp, outDown] = Array.from({ length: 5 }, () => local("i32")) as [Local, Local, Local, Local, Local];
    const registers = Array.from({ length: 9 }, () => local("v128"));
    const [c, s] = registers as [Local, Local];
    return sequence(
      ends(numbers, options, from, to, registers),
      set(up, i32.add(from, source.row)),
      set(down, i32.add(from, (half - 1) * source.row)),
      set(outUp, i32.add(to, result.row)),
      set(outDown, i32.add(to, (half - 1) * result.row)),
      forRange(
        k,
        0,
        Math.floor(half / 2),
        1,
        sequence(
          set(c, vector.loadSplat(tables, factors)),
          set(s, vector.loadSplat(tables, factors + bytes)),
          ...Array.from({ length: options.strip.vectors }, (_, v) => pair(numbers, options, v, [up, down, outUp, outDown], registers)),
          advance(up, source.row),
          advance(down, -source.row),
          advance(outUp, result.row),
          advance(outDown, -result.row),
          advance(tables, 2 * bytes),
        ),
      ),
    );
  });
}

/** Rows 0 and m: X₀ = Re Z₀ + Im Z₀ and X_m = Re Z₀ − Im Z₀; back, 2 Z₀ = (X₀ + X_m) + i (X₀ − X_m). */
function ends(numbers: Numbers, options: HermitianOptions, from: Local, to: Local, registers: readonly Local[]): Code {
  const { half, direction, source, result, strip } = options;
  const { vector } = numbers;
  const [x, y, sum, difference, zero] = registers as [Local, Local, Local, Local, Local];
  return Array.from({ length: strip.vectors }, (_, v): Code => {
    const second = direction === "split" ? source.im : source.re + half * source.row;
    const store = (value: Local, offset: number) => storeVector(numbers, strip, v, to, value, offset);
    const last = half * result.row;
    return sequence(
      set(x, vector.load(from, 16 * v + source.re)),
      set(y, vector.load(from, 16 * v + second)),
      set(sum, vector.add(x, y)),
      set(difference, vector.sub(x, y)),
      set(zero, vector.splat(0)),
      store(sum, result.re),
      ...(direction === "split"
        ? [store(zero, result.im), store(difference, last + result.re), store(zero, last + result.im)]
        : [store(difference, result.im)]),
    );
  }).flat();
}

function pair(
  numbers: Numbers,
  { direction, source, result, strip }: HermitianOptions,
  v: number,
  [up, down, outUp, outDown]: readonly [Local, Local, Local, Local],
  registers: readonly Local[],
): Code {
  const { vector } = numbers;
  const [c, s, re, im, sumRe, sumIm, gapRe, gapIm, out] = registers as [Local, Local, Local, Local, Local, Local, Local, Local, Local];
  const weighted = (code: Code): Code => (direction === "split" ? vector.mul(code, 0.5) : code);
  const write = (code: Code, to: Local, plane: number): Code =>
    sequence(set(out, weighted(code)), storeVector(numbers, strip, v, to, out, plane));
  return sequence(
    set(re, vector.load(up, 16 * v + source.re)),
    set(im, vector.load(down, 16 * v + source.re)),
    set(sumRe, vector.add(re, im)),
    set(gapRe, vector.sub(re, im)),
    set(re, vector.load(up, 16 * v + source.im)),
    set(im, vector.load(down, 16 * v + source.im)),
    // The imaginary part of a conjugate changes sign.
    set(sumIm, vector.sub(re, im)),
    set(gapIm, vector.add(re, im)),
    set(re, vector.sub(vector.mul(gapRe, c), vector.mul(gapIm, s))),
    set(im, vector.add(vector.mul(gapRe, s), vector.mul(gapIm, c))),
    write(vector.add(sumRe, re), outUp, result.re),
    write(vector.add(sumIm, im), outUp, result.im),
    write(vector.sub(sumRe, re), outDown, result.re),
    write(vector.sub(im, sumIm), outDown, result.im),
  );
}
