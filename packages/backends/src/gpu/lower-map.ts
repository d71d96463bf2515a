import type { Buffer, Shape, View } from "../backend.js";
import { exprKey } from "../expr/expr-key.js";
import type { Expr } from "../expr.js";
import { coordinates, isContiguous, placeAt } from "./coordinates.js";
import { formulaSource } from "./formula-source.js";
import type { Device } from "./launch.js";
import { mathTable } from "./math-table.js";

/** `map` as one kernel: each place finds its coordinates once, and reads every input there. */
export function lowerMap({ run }: Device, f: Expr, shape: Shape, inputs: readonly View[]): Buffer {
  const layout = inputs.map(({ offset, strides }) => `${offset}:${strides.join()}`).join(";");
  return run({
    key: `map ${exprKey(f)} [${shape.join()}] ${layout}`,
    operands: inputs.map(({ buffer }) => buffer),
    tables: { math: mathTable },
    length: shape.reduce((a, b) => a * b, 1),
    body: () => {
      const plain = inputs.every(({ strides, offset }) => isContiguous(shape, strides, offset));
      const at = plain ? { code: "", names: [] } : coordinates("i", shape, "c");
      const reads = inputs.map(
        ({ strides, offset }, k) => `a${k}[${isContiguous(shape, strides, offset) ? "i" : placeAt(at.names, strides, offset)}]`,
      );
      const { code, value } = formulaSource(f, reads, "t");
      return `${at.code}\n${code}\nreturn ${value};`;
    },
  });
}
