import type { Shape, View } from "../backend.js";
import { collapse } from "../cpu/map-layout.js";
import { numEntries } from "../cpu/offsets.js";
import { exprKey } from "../expr/expr-key.js";
import { usedInputs } from "../expr/used-inputs.js";
import type { Expr } from "../expr.js";
import type { Launch, Target } from "./kernel.js";
import { mapKernel } from "./map/map-kernel.js";

/** out[i] = f(inputs[0][i], inputs[1][i], …) for i in `shape`, each entry rounded in the target's precision. Inputs that f does not read are not operands. */
export function lowerMap(target: Target, f: Expr, shape: Shape, inputs: readonly View[]): Launch {
  const length = numEntries(shape);
  const { formula, used } = usedInputs(f);
  const views = used.map((i) => inputs[i]!);
  const operands = views.map(({ buffer, offset }) => ({ buffer, offset }));
  const layout = collapse(
    length === 0 ? [] : shape,
    views.map(({ strides }) => (length === 0 ? [] : strides)),
  );
  const key = `map ${exprKey(formula)} [${layout.sizes}] ${layout.strides.map((strides) => `[${strides}]`).join("")}`;
  return { key, make: () => mapKernel(target.numbers, formula, layout), operands, length };
}
