import {
  advance,
  block,
  branchIf,
  type Code,
  forRange,
  get,
  i32,
  type Local,
  type Scope,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
} from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { butterfly, type ComplexLocals } from "./butterfly.js";
import type { Rows, Strip } from "./layout.js";
import { storeVector } from "./store-vector.js";

export interface PassOptions {
  readonly radix: number;
  /** Product of the radices of the passes before: s; what is left after this one: m. The length is s·radix·m. */
  readonly before: number;
  readonly after: number;
  readonly source: Rows;
  readonly result: Rows;
  readonly strip: Strip;
  /** Where this pass's twiddles start in the tables, in bytes. */
  readonly twiddles: number;
  /** The results are multiplied by it; default 1. */
  readonly scale?: number;
}

/**
 * One pass of the self-sorting transform (Stockham; Van Loan, Computational Frameworks for the FFT, 1.7) over every column of a strip:
 * y[q + s(r·p + k)] = e^{−2πi pk/(r·m)} Σ_j x[q + s(p + m·j)] e^{−2πi jk/r} for p < m, q < s, k < r. Parameters: source, result, tables.
 */
export function fftPass(module: WasmModule, numbers: Numbers, options: PassOptions): WasmFunction {
  const { radix, before, after, source, result, twiddles } = options;
  return module.func(["i32", "i32", "i32"], [], (params, scope) => {
    const [from, to, tables] = params as [Local, Local, Local];
    const [p, q] = [scope.local("i32"), scope.local("i32")];
    const factors = after > 1 ? twiddleLocals(scope, radix) : null;
    const rows = sequence(columns(numbers, scope, options, from, to, factors), advance(from, source.row), advance(to, result.row));
    const turn = before > 1 ? forRange(q, 0, before, 1, rows) : rows;
    if (factors === null) return turn;
    const load = factors.re.flatMap((re, k) => [
      ...set(re, numbers.vector.loadSplat(tables, twiddles + 2 * k * numbers.bytes)),
      ...set(factors.im[k]!, numbers.vector.loadSplat(tables, twiddles + (2 * k + 1) * numbers.bytes)),
    ]);
    return forRange(
      p,
      0,
      after,
      1,
      sequence(load, advance(tables, 2 * (radix - 1) * numbers.bytes), turn, advance(to, (radix - 1) * before * result.row)),
    );
  });
}

function twiddleLocals(scope: Scope, radix: number): ComplexLocals {
  const make = () => Array.from({ length: radix - 1 }, () => scope.local("v128"));
  return { re: make(), im: make() };
}

/** One row of butterflies, vector by vector; a branch that is never taken keeps the loads of one from mixing with the next. */
function columns(numbers: Numbers, scope: Scope, options: PassOptions, from: Local, to: Local, factors: ComplexLocals | null): Code {
  const { radix, before, after, source, result, strip, scale = 1 } = options;
  const { vector } = numbers;
  return Array.from({ length: strip.vectors }, (_, v): Code => {
    const at = (k: number) => k * before * after * source.row + 16 * v;
    const load = (plane: number) =>
      Array.from({ length: radix }, (_, k) => ({ variable: scope.local("v128"), code: vector.load(from, at(k) + plane) }));
    const [re, im] = [load(source.re), load(source.im)];
    const wave = butterfly(numbers, scope, { re: re.map((x) => x.variable), im: im.map((x) => x.variable) });
    const kept = scope.local("v128");
    const store = (value: Code, plane: number, k: number): Code =>
      sequence(
        set(kept, scale === 1 ? value : vector.mul(value, scale)),
        storeVector(numbers, strip, v, to, kept, k * before * result.row + plane),
      );
    const stores = wave.re.map((x, k): Code => {
      const y = wave.im[k]!;
      const [c, s] = [factors?.re[k - 1], factors?.im[k - 1]];
      const turned =
        c && s ? [vector.sub(vector.mul(x, c), vector.mul(y, s)), vector.add(vector.mul(x, s), vector.mul(y, c))] : [get(x), get(y)];
      return [...store(turned[0]!, result.re, k), ...store(turned[1]!, result.im, k)];
    });
    const loads = [...re, ...im].flatMap(({ variable, code }) => set(variable, code));
    const fence = branchIf(0, i32.eq(to, v + 1));
    return block([...loads, ...wave.code, ...stores.flat(), ...fence]);
  }).flat();
}
