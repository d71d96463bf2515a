import type { Buffer, Shape, View } from "../backend.js";
import { collapse } from "../cpu/map-layout.js";
import { numEntries, rowMajorStrides } from "../cpu/offsets.js";
import type { Expr } from "../expr.js";
import { coordinates, isContiguous, placeAt } from "./coordinates.js";
import { formulaSource } from "./formula-source.js";
import { type FormulaStep, formulaSteps, type StepLimits } from "./formula-steps.js";
import { knownFormula } from "./known-formula.js";
import type { Device, Launch } from "./launch.js";
import { mathTable } from "./math-table.js";
import { MOST_OPERANDS, operandsOf } from "./operands.js";

/** What one kernel computes. Compilers take much longer for one long kernel than for several short ones. */
const limits: StepLimits = { operands: MOST_OPERANDS, cost: 1000 };

/**
 * `map` as one kernel: each place finds its coordinates once, and reads every input there. Of more buffers than a kernel can read, and of very long formulas, it
 * is computed in several: subformulas first.
 */
export function lowerMap(device: Device, f: Expr, shape: Shape, inputs: readonly View[]): Buffer {
  const { formula, used, cost } = knownFormula(f);
  const views = used.map((i) => inputs[i]!);
  const { buffers } = operandsOf(views);
  if (buffers.length <= limits.operands && cost <= limits.cost) return device.run(mapLaunch(f, shape, views));
  const operands = views.map(({ buffer }) => buffers.indexOf(buffer));
  return device.scope(() => {
    const strides = rowMajorStrides(shape);
    const known = [...views];
    for (const step of stepsOf(formula, operands)) {
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

/** @param views those that f reads */
function mapLaunch(f: Expr, shape: Shape, views: readonly View[]): Launch {
  const { formula, key } = knownFormula(f);
  const length = numEntries(shape);
  const { buffers, names } = operandsOf(views);
  const { sizes, strides } = collapse(
    length === 0 ? [] : shape,
    views.map((view) => (length === 0 ? [] : view.strides)),
  );
  const layout = views.map(({ offset }, k) => `${names[k]}:${offset}:${strides[k]!.join()}`).join(";");
  return {
    key: `map ${key} [${sizes.join()}] ${layout}`,
    operands: buffers,
    tables: { math: mathTable },
    length,
    body: () => {
      const isPlain = (k: number): boolean => isContiguous(sizes, strides[k]!, views[k]!.offset);
      const at = views.every((_, k) => isPlain(k)) ? { code: "", names: [] } : coordinates("i", sizes, "c");
      const reads = views.map(({ offset }, k) => `${names[k]}[${isPlain(k) ? "i" : placeAt(at.names, strides[k]!, offset)}]`);
      const { code, value } = formulaSource(formula, reads, "t");
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

function stepsOf(formula: Expr, operands: readonly number[]): readonly FormulaStep[] {
  const key = operands.join();
  const known = remembered.get(formula);
  if (known?.operands === key) return known.steps;
  const steps = formulaSteps(formula, operands, limits);
  remembered.set(formula, { operands: key, steps });
  return steps;
}
