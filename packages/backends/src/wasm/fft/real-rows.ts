import { advance, type Code, forRange, i32, type Local, sequence, set, type WasmFunction, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Rows, Strip } from "./layout.js";
import { storeVector } from "./store-vector.js";

/** Real rows x_j to complex ones with imaginary part 0, for `count` rows. Parameters: source, result. */
export function realRows(
  module: WasmModule,
  numbers: Numbers,
  { count, source, result, strip }: { count: number; source: Omit<Rows, "im">; result: Rows; strip: Strip },
): WasmFunction {
  const { vector } = numbers;
  return eachRow(module, count, source.row, result.row, (from, to, x) =>
    vectorsOf(strip, (v) =>
      sequence(
        set(x, vector.load(from, 16 * v + source.re)),
        vector.store(to, x, 16 * v + result.re),
        vector.store(to, vector.splat(0), 16 * v + result.im),
      ),
    ),
  );
}

/** The real parts of `count` rows. Parameters: source, result. */
export function realParts(
  module: WasmModule,
  numbers: Numbers,
  { count, source, result, strip }: { count: number; source: Rows; result: Omit<Rows, "im">; strip: Strip },
): WasmFunction {
  return eachRow(module, count, source.row, result.row, (from, to, x) =>
    vectorsOf(strip, (v) =>
      sequence(set(x, numbers.vector.load(from, 16 * v + source.re)), storeVector(numbers, strip, v, to, x, result.re)),
    ),
  );
}

/** X_{n−k} = conj X_k for k = 1 … (n−1)/2, in place, n odd; the imaginary part of X₀ becomes 0. Parameters: the rows, twice. */
export function mirroredRows(
  module: WasmModule,
  numbers: Numbers,
  { length, rows, strip }: { length: number; rows: Rows; strip: Strip },
): WasmFunction {
  const { vector } = numbers;
  return module.func(["i32", "i32"], [], (params, { local }) => {
    const [from, to] = params as [Local, Local];
    const [k, x] = [local("i32"), local("v128")];
    const body = vectorsOf(strip, (v) =>
      sequence(
        set(x, vector.load(from, 16 * v + rows.re)),
        vector.store(to, x, 16 * v + rows.re),
        set(x, vector.load(from, 16 * v + rows.im)),
        vector.store(to, vector.neg(x), 16 * v + rows.im),
      ),
    );
    return sequence(
      vectorsOf(strip, (v) => vector.store(from, vector.splat(0), 16 * v + rows.im)),
      advance(from, rows.row),
      set(to, i32.add(to, (length - 1) * rows.row)),
      forRange(k, 1, (length + 1) / 2, 1, sequence(body, advance(from, rows.row), advance(to, -rows.row))),
    );
  });
}

function eachRow(
  module: WasmModule,
  count: number,
  sourceRow: number,
  resultRow: number,
  body: (from: Local, to: Local, x: Local) => Code,
): WasmFunction {
  return module.func(["i32", "i32"], [], (params, { local }) => {
    const [from, to] = params as [Local, Local];
    const j = local("i32");
    return forRange(j, 0, count, 1, sequence(body(from, to, local("v128")), advance(from, sourceRow), advance(to, resultRow)));
  });
}

function vectorsOf({ vectors }: Strip, body: (v: number) => Code): Code {
  return Array.from({ length: vectors }, (_, v) => body(v)).flat();
}
