import { setFlagsFromString } from "node:v8";
import { Decimal } from "decimal.js";
import type { Precision } from "../../../src/backend.js";
import { advance, branchIf, i32, loop, set, wasmModule } from "../../../src/wasm/encoder/index.js";
import type { VectorFunction } from "../../../src/wasm/math/math-context.js";
import { numbersOf } from "../../../src/wasm/numbers.js";

// Node 20 has relaxed SIMD only behind this flag, which must be set before the first module is compiled.
setFlagsFromString("--experimental-wasm-relaxed-simd");

/** Decimals of 50 digits, enough for errors in ulps even after a cancellation. */
export const Exact = Decimal.clone({ precision: 50, maxE: 9e15, minE: -9e15 });

export type RunVector = (precision: Precision, f: VectorFunction, ...inputs: readonly ArrayLike<number>[]) => number[];

/** f of every entry of arrays of one length. */
export const runVector: RunVector = (precision, f, ...inputs) => run(false, precision, f, inputs);

/** The two ways in which `madd` may round; a function must be right in both. */
export const roundings: readonly { readonly rounding: string; readonly runVector: RunVector }[] = [
  { rounding: "two roundings", runVector },
  { rounding: "relaxed madd", runVector: (precision, f, ...inputs) => run(true, precision, f, inputs) },
];

/**
 * |got − exact| in units of the last place of `exact`; below the normal range in multiples of the smallest number.
 * 0 if both are NaN or both round to the same infinity, ∞ if only one does.
 */
export function ulpsApart(precision: Precision, got: number, exact: Decimal | number): number {
  const { digits, minExponent, maxExponent } = formats[precision];
  const near = Number(exact);
  if (Number.isNaN(got) || Number.isNaN(near)) return Number.isNaN(got) && Number.isNaN(near) ? 0 : Infinity;
  const largest = (2 - 2 ** (1 - digits)) * 2 ** maxExponent;
  if (Math.abs(got) === Infinity) {
    // Half an ulp more than the largest number, or an ulp less for want of a last bit: both are too large by rounding.
    return Math.sign(got) === Math.sign(near) && Math.abs(near) > largest * (1 - 2 ** -digits) ? 0 : Infinity;
  }
  if (Math.abs(near) === Infinity) return Infinity;
  const exponent = Math.max(exponentOf(near), minExponent) - digits + 1;
  if (typeof exact === "number") return Math.abs(got - exact) / 2 ** exponent;
  return exact.minus(exactly(got)).abs().div(Exact.pow(2, exponent)).toNumber();
}

/** x as a decimal of 50 digits (`new Decimal(x)` takes the shortest decimal that is nearest to x). */
export function exactly(x: number): Decimal {
  const exponent = Math.max(exponentOf(x), -1022) - 52;
  const low = Math.max(exponent, -1000);
  return new Exact((x / 2 ** low) * 2 ** (low - exponent)).times(Exact.pow(2, exponent));
}

/** Numbers in [0, 1) from a fixed seed (a Weyl sequence, mixed). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

const formats = {
  float32: { digits: 24, minExponent: -126, maxExponent: 127 },
  float64: { digits: 53, minExponent: -1022, maxExponent: 1023 },
} as const;

function exponentOf(x: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  return ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
}

function run(relaxed: boolean, precision: Precision, f: VectorFunction, inputs: readonly ArrayLike<number>[]): number[] {
  const numbers = numbersOf(precision, relaxed);
  const { bytes, vector } = numbers;
  const module = wasmModule();
  module.entry("run", inputs.length + 2, (params, scope) => {
    const [operands, out, end] = [params.slice(0, -2), params.at(-2)!, params.at(-1)!];
    const values = operands.map(() => scope.local("v128"));
    return loop([
      ...operands.flatMap((operand, i) => set(values[i]!, vector.load(operand))),
      ...vector.store(out, f({ module, scope, numbers }, ...values)),
      ...[...operands, out].flatMap((address) => advance(address, 16)),
      ...branchIf(0, i32.ltU(out, end)),
    ]);
  });
  const length = inputs[0]!.length;
  const stride = Math.ceil((length * bytes) / 64) * 64;
  const pages = Math.ceil((stride * (inputs.length + 1)) / 65536) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const view = (at: number) => (bytes === 4 ? new Float32Array(memory.buffer, at, length) : new Float64Array(memory.buffer, at, length));
  const compiled = new WebAssembly.Module(module.encode({ initial: pages, maximum: pages, shared: false }));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory }, math: Math as unknown as WebAssembly.ModuleImports });
  inputs.forEach((input, i) => view(i * stride).set(input));
  const out = inputs.length * stride;
  (exports["run"] as (...args: number[]) => void)(...inputs.map((_, i) => i * stride), out, out + length * bytes);
  return [...view(out)];
}
