import type { Buffer, Shape, View } from "../backend.js";
import { collapse } from "../cpu/map-layout.js";
import { numEntries, rowMajorStrides } from "../cpu/offsets.js";
import { exprKey } from "../expr/expr-key.js";
import type { Expr } from "../expr.js";
import { usedInputs } from "../wasm/map/used-inputs.js";
import { coordinates, isContiguous, placeAt } from "./coordinates.js";
import { formulaSource } from "./formula-source.js";
import { type FormulaStep, formulaSteps } from "./formula-steps.js";
import type { Device, Launch } from "./launch.js";
import { mathTable } from "./math-table.js";
import { MOST_OPERANDS, operandsOf } from "./operands.js";

/**
 * `map` as one kernel: each place finds its coordinates once, and reads every input there. Of more buffers than a kernel can read, it is computed in several:
 * subformulas first.
 */
export function lowerMap(device: Device, f: Expr, shape: Shape, inputs: readonly View[]): Buffer {
  const { formula, used } = usedInputs(f);
  const views = used.map((i) => inputs[i]!);
  const { buffers } = operandsOf(views);
  if (buffers.length <= MOST_OPERANDS) return device.run(mapLaunch(formula, shape, views));
  const operands = views.map(({ buffer }) => buffers.indexOf(buffer));
  return device.scope(() => {
    const strides = rowMajorStrides(shape);
    const known = [...views];
    for (const step of stepsOf(f, formula, operands)) {
      const launch = mapLaunch(
        step.f,
        shape,
        step.inputs.map((k) => known[k]!),
      );
      known.push({ buffer: device.run(launch), offset: 0, strides });
    }
    return known.at(-1)!.buffer;
  });
}

/** @param f reads every view */
function mapLaunch(f: Expr, shape: Shape, views: readonly View[]): Launch {
  const length = numEntries(shape);
  const { buffers, names } = operandsOf(views);
  const { sizes, strides } = collapse(
    length === 0 ? [] : shape,
    views.map((view) => (length === 0 ? [] : view.strides)),
  );
  const layout = views.map(({ offset }, k) => `${names[k]}:${offset}:${strides[k]!.join()}`).join(";");
  return {
    key: `map ${exprKey(f)} [${sizes.join()}] ${layout}`,
    operands: buffers,
    tables: { math: mathTable },
    length,
    body: () => {
      const isPlain = (k: number): boolean => isContiguous(sizes, strides[k]!, views[k]!.offset);
      const at = views.every((_, k) => isPlain(k)) ? { code: "", names: [] } : coordinates("i", sizes, "c");
      const reads = views.map(({ offset }, k) => `${names[k]}[${isPlain(k) ? "i" : placeAt(at.names, strides[k]!, offset)}]`);
      const { code, value } = formulaSource(f, reads, "t");
      return `${at.code}\n${code}\nreturn ${value};`;
    },
  };
}

interface Remembered {
  readonly operands: string;
  readonly steps: readonly FormulaStep[];
}

/** The last steps found for a formula, which programs map again and again. */
const remembered = new WeakMap<Expr, Remembered>();

/** @param formula f with the inputs that it reads alone */
function stepsOf(f: Expr, formula: Expr, operands: readonly number[]): readonly FormulaStep[] {
  const key = operands.join();
  const known = remembered.get(f);
  if (known?.operands === key) return known.steps;
  const steps = formulaSteps(formula, operands, MOST_OPERANDS);
  remembered.set(f, { operands: key, steps });
  return steps;
}
