import { blockLoops, turns } from "../block-loops.js";
import {
  advance,
  branchIf,
  type Code,
  i32,
  type Local,
  loop,
  memory,
  type Operand,
  select,
  sequence,
  set,
  when,
} from "../encoder/index.js";
import type { WalkAxis } from "./part-walk.js";
import type { RowPart } from "./row-plan.js";
import { type RunContext, runChunk, runCode, tileCode } from "./run-code.js";

/** Where a part is written: rows first … end − 1 of a result at `out`, from the source's entry 0 at `input`. */
export interface RowRange {
  readonly input: Local;
  readonly out: Local;
  readonly first: Local;
  readonly end: Local;
}

/** Code that puts what a part has in the rows of a range there. */
export function partCode(context: RunContext, part: RowPart, { input, out, first, end }: RowRange, rows: number): Code {
  const { source, target, numbers, scope } = context;
  const { walk, outer, inner, firstRow, step } = part;
  const start = (turn: Local | null): Code =>
    sequence(
      set(source, address(input, walk.from, turn, outer?.from ?? 0, numbers.bytes)),
      set(target, address(out, walk.to, turn, outer?.to ?? 0, numbers.bytes)),
    );
  if (outer === null) {
    const body = sequence(start(null), innerCode(context, inner));
    return rows === 1 ? body : when(i32.ltU(i32.sub(firstRow, first), i32.sub(end, first)), body);
  }
  const [turn, left] = [scope.local("i32"), scope.local("i32")];
  return sequence(
    // Turns whose row firstRow + step·turn lies in the range: from ⌈(first − firstRow)/step⌉ on, before ⌈(end − firstRow)/step⌉.
    set(turn, ceilQuotient(first, firstRow, step)),
    set(turn, select("i32", i32.gtS(turn, 0), turn, 0)),
    set(left, ceilQuotient(end, firstRow, step)),
    set(left, i32.sub(select("i32", i32.ltS(left, outer.length), left, outer.length), turn)),
    when(i32.gtS(left, 0), sequence(start(turn), outerCode(context, outer, inner, left))),
  );
}

/** `left` ≥ 1 turns of the outer axis. */
function outerCode(context: RunContext, outer: WalkAxis, inner: readonly WalkAxis[], left: Local): Code {
  const { numbers, source, target, scope, adds } = context;
  const { bytes, lanes } = numbers;
  const move = (turns: number): Code => sequence(advance(source, turns * outer.from * bytes), advance(target, turns * outer.to * bytes));
  const several = (turns: number, body: Code): Code => {
    const turn = [...body, ...move(turns), ...set(left, i32.sub(left, turns))];
    return when(i32.geS(left, turns), loop([...turn, ...branchIf(0, i32.geS(left, turns))]));
  };
  if (inner.length > 0) {
    const one = turns(scope, left, sequence(innerCode(context, inner), move(1)));
    if (!isTile(outer, inner.at(-1)!)) return one;
    return sequence(several(lanes, innerCode(context, [{ ...outer, length: lanes }, ...inner])), when(left, one));
  }
  if (outer.from === 1 && outer.to === 1 && !adds) return copyNumbers(context, left);
  const chunk = runChunk({ numbers, adds: true }, outer);
  return sequence(several(chunk, runCode(context, outer, chunk)), several(1, runCode(context, outer, 1)));
}

/** All of the inner axes; the addresses are kept. */
function innerCode(context: RunContext, axes: readonly WalkAxis[]): Code {
  const { numbers, scope, source, target } = context;
  const last = axes.at(-1);
  if (last === undefined) return runCode(context, { length: 1, from: 1, to: 1 }, 1);
  const beside = axes.slice(0, -1).find((axis) => isTile(axis, last));
  const around = axes.slice(0, -1).filter((axis) => axis !== beside);
  const strides = ({ from, to }: WalkAxis) => [from * numbers.bytes, to * numbers.bytes];
  const whole = (axis: WalkAxis) => ({ size: axis.length, step: 1, strides: strides(axis) });
  const { lanes } = numbers;
  if (beside) {
    const tile = [beside, last].map((axis) => ({ size: axis.length, step: lanes, strides: strides(axis) }));
    const body = (counts: readonly number[]): Code => tileCode(context, beside, counts.at(-2)!, last, counts.at(-1)!);
    return blockLoops(scope, [...around.map(whole), ...tile], [source, target], body);
  }
  const run = { size: last.length, step: runChunk(context, last), strides: strides(last) };
  const body = (counts: readonly number[]): Code => runCode(context, last, counts.at(-1)!);
  return blockLoops(scope, [...around.map(whole), run], [source, target], body);
}

/** Whether one axis reads contiguously and the other writes so. */
function isTile(beside: WalkAxis, axis: WalkAxis): boolean {
  return beside.from === 1 && axis.to === 1 && axis.from > 1;
}

function copyNumbers({ numbers, source, target }: RunContext, count: Local): Code {
  return memory.copy(target, source, i32.shl(count, numbers.log2Bytes));
}

function address(base: Local, entry: number, turn: Local | null, stride: number, bytes: number): Code {
  const first = i32.add(base, entry * bytes);
  return turn === null || stride === 0 ? first : i32.add(first, i32.mul(turn, stride * bytes));
}

/** ⌈(row − firstRow)/step⌉ where that is positive, else something not positive. */
function ceilQuotient(row: Local, firstRow: number, step: number): Code {
  const distance: Operand = i32.sub(row, firstRow - (step - 1));
  return step === 1 ? distance : i32.divS(distance, step);
}
