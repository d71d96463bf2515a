import { type Code, f32, f32x4, f64, f64x2, get, type Local, type MathImport, sequence, set, v128, when } from "../encoder/index.js";
import type { MathContext } from "./math-context.js";

/**
 * `result`, but f(x) by JavaScript's Math in the lanes of the mask `isRare`; each lane depends on its own x alone. Costs one test where no lane is rare.
 */
export function withRareLanes({ module, scope, numbers }: MathContext, x: Local, isRare: Local, name: MathImport, result: Code): Code {
  const f = module.imported(name, 1);
  const [value, slow] = [scope.local("v128"), scope.local("v128")];
  const lane = (i: number): Code =>
    numbers.precision === "float32"
      ? f32x4.replaceLane(slow, i, f32.demoteF64(f(f64.promoteF32(f32x4.extractLane(x, i)))))
      : f64x2.replaceLane(slow, i, f(f64x2.extractLane(x, i)));
  const lanes = Array.from({ length: numbers.lanes }, (_, i) => set(slow, lane(i)));
  return sequence(
    set(value, result),
    when(v128.anyTrue(isRare), sequence(...lanes, set(value, v128.bitselect(slow, value, isRare)))),
    get(value),
  );
}
