import type { Buffer, Reduction, Shape, View } from "../../backend.js";
import { numEntries, rowMajorStrides } from "../../cpu/offsets.js";
import { type Expr, input } from "../../expr.js";
import { EXACT, tooFar } from "../engine.js";
import type { Device } from "../launch.js";
import { mathTable } from "../math-table.js";
import { argmaxLaunch, type Candidates } from "./argmax-launch.js";
import { type ReduceAxis, reduceAxes } from "./reduce-axis.js";
import { nextStage } from "./stage.js";
import { stageLaunch } from "./stage-launch.js";

/** `reduce(kind, shape, axes, map(f, shape, views))` in stages, the first of which computes f; f reads every view. */
export function reduceViews(
  device: Device,
  kind: Reduction,
  f: Expr,
  shape: Shape,
  reduced: readonly number[],
  views: readonly View[],
): Buffer {
  if (shape.includes(0)) return ofNothing(device, kind, shape, reduced);
  const strides = views.map((view) => view.strides);
  return device.scope(() => {
    if (kind === "argmax") return argmaxAlong(device, f, shape, reduced[0]!, views);
    return fold(device, kind, f, reduceAxes(shape, reduced, strides), views);
  });
}

function fold(device: Device, kind: Exclude<Reduction, "argmax">, f: Expr, axes: readonly ReduceAxis[], views: readonly View[]): Buffer {
  const stage = nextStage(axes);
  const buffer = device.run(stageLaunch(kind, f, stage, views));
  const rest = stage.axes.filter(({ isLoop }) => !isLoop);
  if (!rest.some(({ isReduced }) => isReduced)) return buffer;
  const strides = rowMajorStrides(rest.map(({ size }) => size));
  const next = rest.map(({ size, isReduced }, a) => ({ size, isReduced, strides: [strides[a]!] }));
  return fold(device, kind, input(0), next, [{ buffer, offset: 0, strides }]);
}

/** Candidates that a thread compares at most. */
const RUN = 256;

function argmaxAlong({ run }: Device, f: Expr, shape: Shape, axis: number, views: readonly View[]): Buffer {
  const size = shape[axis]!;
  if (size - 1 > EXACT) throw tooFar(size - 1);
  const keptStrides = views.map(({ strides }) => strides.filter((_, a) => a !== axis));
  const kept = reduceAxes(
    shape.filter((_, a) => a !== axis),
    [],
    keptStrides,
  );
  const along = views.map(({ strides }) => strides[axis]!);
  let candidates: Candidates = { count: size };
  for (;;) {
    const turns = Math.min(candidates.count, RUN);
    const found = run(argmaxLaunch(f, kept, along, candidates, turns, views));
    const count = Math.ceil(candidates.count / turns);
    if (count === 1) return found;
    candidates = { count, found };
  }
}

function ofNothing({ run }: Device, kind: Reduction, shape: Shape, reduced: readonly number[]): Buffer {
  const value = kind === "max" ? "-math[0]" : kind === "min" ? "math[0]" : "0.0";
  return run({
    key: `reduce ${kind} of nothing`,
    operands: [],
    tables: { math: mathTable },
    length: numEntries(shape.filter((_, a) => !reduced.includes(a))),
    body: () => `return ${value};`,
  });
}
