import type { Buffer, View, WindowGeometry } from "../backend.js";
import { numEntries, rowMajorStrides } from "../cpu/offsets.js";
import { exprKey } from "../expr/expr-key.js";
import { usedInputs } from "../expr/used-inputs.js";
import type { Expr } from "../expr.js";
import { windowOutGrid } from "../out-grid.js";
import { get } from "./encoder/index.js";
import { formulaCost } from "./formula/formula-cost.js";
import { formulaCode } from "./formula.js";
import type { Launch, Target } from "./kernel.js";
import { argmaxKernel } from "./windows/argmax-kernel.js";

/** For each window and channel, the flat position in `input` of its first maximum; the first NaN counts as the maximum. */
export function lowerArgmaxWindows({ numbers }: Target, geometry: WindowGeometry, input: Buffer): Launch {
  const strides = rowMajorStrides([geometry.examples, ...geometry.grid, geometry.channels]);
  return {
    key: `argmaxWindows ${geometryKey(geometry)}`,
    make: () => argmaxKernel(numbers, geometry, { strides: [strides], value: (_, [x]) => get(x!), cost: 0 }),
    operands: [{ buffer: input, offset: 0 }],
    length: numPositions(geometry),
    isIndex: true,
  };
}

/**
 * `argmaxWindows(geometry, map(f, [examples, ...grid, channels], inputs))`, where the map is not written: f is computed for every window that holds a cell.
 * Positions are those of the map, as if it lay contiguous. Fast for views that are contiguous over channels or do not depend on them.
 */
export function lowerMapArgmaxWindows({ numbers }: Target, geometry: WindowGeometry, f: Expr, inputs: readonly View[]): Launch {
  const { formula, used } = usedInputs(f);
  const views = used.map((i) => inputs[i]!);
  const strides = views.map((view) => view.strides);
  return {
    key: `mapArgmaxWindows ${geometryKey(geometry)} ${strides.join(" ")} ${exprKey(formula)}`,
    make: () =>
      argmaxKernel(numbers, geometry, {
        strides,
        value: (context, args) => formulaCode(context, formula, args),
        cost: formulaCost(formula),
      }),
    operands: views.map(({ buffer, offset }) => ({ buffer, offset })),
    length: numPositions(geometry),
    isIndex: true,
  };
}

function geometryKey({ examples, grid, window, stride, padLow, padHigh, channels }: WindowGeometry): string {
  return `${examples} ${[grid, window, stride, padLow, padHigh].join("/")} ${channels}`;
}

function numPositions(geometry: WindowGeometry): number {
  return geometry.examples * numEntries(windowOutGrid(geometry)) * geometry.channels;
}
