import { advance, forRange, type Local, sequence, set, type WasmFunction, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Rows, Strip } from "./layout.js";
import { storeVector } from "./store-vector.js";

/** y[j] = w[j]·x[j] for `count` rows of a strip, w from the tables at `factors` bytes. Parameters: source, result, tables. In place is allowed. */
export function multiplyRows(
  module: WasmModule,
  numbers: Numbers,
  { count, source, result, strip, factors }: { count: number; source: Rows; result: Rows; strip: Strip; factors: number },
): WasmFunction {
  const { vector, bytes } = numbers;
  return module.func(["i32", "i32", "i32"], [], (params, scope) => {
    const [from, to, tables] = params as [Local, Local, Local];
    const j = scope.local("i32");
    const [c, s, x, y, out] = Array.from({ length: 5 }, () => scope.local("v128")) as [Local, Local, Local, Local, Local];
    const store = (v: number, plane: number) => storeVector(numbers, strip, v, to, out, plane);
    const products = Array.from({ length: strip.vectors }, (_, v) =>
      sequence(
        set(x, vector.load(from, 16 * v + source.re)),
        set(y, vector.load(from, 16 * v + source.im)),
        set(out, vector.sub(vector.mul(x, c), vector.mul(y, s))),
        store(v, result.re),
        set(out, vector.add(vector.mul(x, s), vector.mul(y, c))),
        store(v, result.im),
      ),
    );
    return forRange(
      j,
      0,
      count,
      1,
      sequence(
        set(c, vector.loadSplat(tables, factors)),
        set(s, vector.loadSplat(tables, factors + bytes)),
        ...products,
        advance(from, source.row),
        advance(to, result.row),
        advance(tables, 2 * bytes),
      ),
    );
  });
}
