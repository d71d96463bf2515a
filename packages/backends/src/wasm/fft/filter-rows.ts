import { advance, forRange, type Local, sequence, set, type WasmFunction, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

export interface FilterRowsOptions {
  /** Spectra that are multiplied, one after another, and the frequencies of each: they are [2, rows, length], and become the products. */
  readonly rows: number;
  readonly length: number;
  /** Whether by the filter or by its conjugate. */
  readonly conjugate: boolean;
}

/** x̂ ⊙ f̂, in place, the same filter [2, length] for every row. Parameters: the spectra, the filter. */
export function filterRows(module: WasmModule, numbers: Numbers, { rows, length, conjugate }: FilterRowsOptions): WasmFunction {
  const { vector, scalar, lanes, bytes } = numbers;
  const [image, filterImage] = [rows * length * bytes, length * bytes];
  const whole = length - (length % lanes);
  return module.func(["i32", "i32"], [], (params, { local }) => {
    const [spectra, filter] = params as [Local, Local];
    const [row, k, at, from] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const times = (step: 1 | typeof lanes) => {
      const { add, sub, mul, load, store } = step === 1 ? scalar : vector;
      const [re, im, a, b] = Array.from({ length: 4 }, () => local(step === 1 ? numbers.scalarType : "v128")) as [
        Local,
        Local,
        Local,
        Local,
      ];
      const [plus, minus] = conjugate ? [sub, add] : [add, sub];
      return sequence(
        set(re, load(at)),
        set(im, load(at, image)),
        set(a, load(from)),
        set(b, load(from, filterImage)),
        store(at, minus(mul(re, a), mul(im, b))),
        store(at, plus(mul(im, a), mul(re, b)), image),
        advance(at, step * bytes),
        advance(from, step * bytes),
      );
    };
    return sequence(
      set(at, spectra),
      forRange(
        row,
        0,
        rows,
        1,
        sequence(set(from, filter), forRange(k, 0, whole / lanes, 1, times(lanes)), forRange(k, whole, length, 1, times(1))),
      ),
    );
  });
}
