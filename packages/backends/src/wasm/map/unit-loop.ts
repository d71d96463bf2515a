import { advance, type Code, forRange, i32, type Local, type Operand, select, sequence, set, when } from "../encoder/index.js";
import { insideLoops, type LoopAxis, type LoopNest, movePointers, repeated } from "./loop-nest.js";

/** How a loop nest is cut into units of work: every index of the axes before `axis`, times runs of `blocks` blocks along it. */
export interface UnitPlan {
  readonly axis: number;
  readonly blocks: number;
  /** Runs along `axis`, of which the last is shorter and takes what remains. */
  readonly runs: number;
  readonly units: number;
}

/**
 * A plan whose units are of about `entries` entries. Only axes up to the first that is cut in steps are divided.
 * @param inner entries of one index of the last axis
 */
export function planUnits(axes: readonly LoopAxis[], inner: number, entries: number): UnitPlan {
  const perIndex = (axis: number): number => axes.slice(axis + 1).reduce((product, { size }) => product * size, inner);
  const last = axes.findIndex(({ step }) => step > 1);
  let axis = last < 0 ? axes.length - 1 : last;
  while (axis > 0 && perIndex(axis) * axes[axis]!.size < entries) axis--;
  const { size, step } = axes[axis]!;
  const blocks = Math.max(1, Math.floor(entries / (perIndex(axis) * step)));
  const runs = Math.max(1, Math.ceil(Math.floor(size / step) / blocks));
  return { axis, blocks, runs, units: axes.slice(0, axis).reduce((product, outer) => product * outer.size, runs) };
}

/**
 * The units from … to − 1 of a nest.
 * @param starts where the pointers of unit 0 begin
 */
export function unitLoop(nest: LoopNest, plan: UnitPlan, starts: readonly Operand[], from: Operand, to: Operand): Code {
  const { scope, axes, pointers } = nest;
  const unit = scope.local("i32");
  const place = placeOf(nest, plan, unit);
  const ones = new Array<number>(plan.axis).fill(1);
  return forRange(
    unit,
    from,
    to,
    1,
    sequence(
      ...pointers.map((pointer, i) => set(pointer, starts[i]!)),
      place.code,
      ...(nest.enter ? axes.slice(0, plan.axis + 1).map((_, d) => nest.enter!(ones.slice(0, d))) : []),
      runOfBlocks(nest, plan, place.run),
    ),
  );
}

/** Code that moves the pointers to where a unit begins, and which run along the cut axis it is. */
function placeOf({ scope, axes, pointers }: LoopNest, { axis, blocks, runs }: UnitPlan, unit: Local): { code: Code; run: Local } {
  const [rest, run] = [scope.local("i32"), scope.local("i32")];
  const goTo = (index: Local, a: number, blocksEach: number): Code =>
    pointers.flatMap((pointer, i) => {
      const stride = axes[a]!.strides[i]! * blocksEach;
      return stride === 0 ? [] : advance(pointer, i32.mul(index, stride));
    });
  const split = (index: Local, size: number): Code => [...set(index, i32.remU(rest, size)), ...set(rest, i32.divU(rest, size))];
  const code: Code[] = [set(rest, unit), runs > 1 ? [...split(run, runs), ...goTo(run, axis, blocks)] : []];
  for (let a = axis - 1; a >= 0; a--) {
    const index = scope.local("i32");
    code.push(a === 0 ? set(index, rest) : split(index, axes[a]!.size), goTo(index, a, 1));
  }
  return { code: code.flat(), run };
}

/** The blocks of one unit along the cut axis: `blocks` of them, or in the last run what is left, and then the smaller one that remains. */
function runOfBlocks(nest: LoopNest, { axis, blocks, runs }: UnitPlan, run: Local): Code {
  const { scope, axes, pointers } = nest;
  const { size, step, strides } = axes[axis]!;
  const [whole, remaining] = [Math.floor(size / step), size % step];
  const inside = (count: number): Code => insideLoops(nest, [...new Array<number>(axis).fill(1), count]);
  const turn = (): Code => [...inside(step), ...movePointers(pointers, strides, 1)];
  const isLast = i32.eq(run, runs - 1);
  const times = scope.local("i32");
  const last = whole - (runs - 1) * blocks;
  return sequence(
    runs > 1 ? [...set(times, select("i32", isLast, last, blocks)), ...repeated(scope, times, turn())] : [],
    runs === 1 && whole > 1 ? repeated(scope, whole, turn()) : [],
    runs === 1 && whole === 1 ? turn() : [],
    remaining === 0 ? [] : runs > 1 ? when(isLast, inside(remaining)) : inside(remaining),
  );
}
