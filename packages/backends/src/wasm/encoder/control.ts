import { joined, unsigned } from "./bytes.js";
import { type Code, type Local, type Operand, push, type Reading, type ValueType } from "./code.js";
import { misc } from "./families.js";
import { i32 } from "./scalars.js";

const valueTypes: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** A type as it is written in a module. */
export function typeByte(type: ValueType): number {
  return valueTypes[type];
}

export function get(variable: Local): Code {
  return [0x20, ...unsigned(variable.index)];
}

/** variable := value. */
export function set(variable: Local, value: Operand): Code {
  return joined(push(readingOf(variable), value), [0x21], unsigned(variable.index));
}

/** variable := value, and the value stays on the stack. */
export function tee(variable: Local, value: Operand): Code {
  return joined(push(readingOf(variable), value), [0x22], unsigned(variable.index));
}

/** Pieces one after another. */
export function sequence(...pieces: readonly Code[]): Code {
  return joined(...pieces);
}

/** A body that `branchIf(depth, …)` leaves forwards; each block, loop and `when` around the branch counts 1 in `depth`, the innermost 0. */
export function block(body: Code): Code {
  return joined([0x02, 0x40], body, [0x0b]);
}

/** A body that `branchIf(depth, …)` starts again; it ends when it runs through. */
export function loop(body: Code): Code {
  return joined([0x03, 0x40], body, [0x0b]);
}

export function branchIf(depth: number, condition: Operand): Code {
  return joined(push("i32", condition), [0x0d], unsigned(depth));
}

export function branch(depth: number): Code {
  return [0x0c, ...unsigned(depth)];
}

/** `then` where the condition is not 0, else `otherwise`. */
export function when(condition: Operand, then: Code, otherwise: Code = []): Code {
  return joined(push("i32", condition), [0x04, 0x40], then, otherwise.length > 0 ? [0x05] : [], otherwise, [0x0b]);
}

/** The value of `then` or of `otherwise`; only one of them runs. */
export function choose(type: ValueType, condition: Operand, then: Code, otherwise: Code): Code {
  return joined(push("i32", condition), [0x04, typeByte(type)], then, [0x05], otherwise, [0x0b]);
}

/** x where the condition is not 0, else y; both are computed. */
export function select(reading: Reading, condition: Operand, x: Operand, y: Operand): Code {
  return joined(push(reading, x), push(reading, y), push("i32", condition), [0x1b]);
}

/** for (i = from; i < to; i += step), signed; `to` is computed anew each turn. The body runs at branch depth 2 below what is around it. */
export function forRange(i: Local, from: Operand, to: Operand, step: Operand, body: Code): Code {
  const turns = loop(joined(body, set(i, i32.add(i, step)), branchIf(0, i32.ltS(i, to))));
  return joined(set(i, from), block(joined(branchIf(0, i32.geS(i, to)), turns)));
}

/** i += step. */
export function advance(i: Local, step: Operand): Code {
  return set(i, i32.add(i, step));
}

export const memory = {
  /** Copies `bytes` bytes; the regions may overlap. */
  copy: (to: Operand, from: Operand, bytes: Operand): Code => [
    ...push("i32", to),
    ...push("i32", from),
    ...push("i32", bytes),
    ...misc(0x0a),
    0,
    0,
  ],
  fill: (to: Operand, byte: Operand, bytes: Operand): Code => [
    ...push("i32", to),
    ...push("i32", byte),
    ...push("i32", bytes),
    ...misc(0x0b),
    0,
  ],
} as const;

/** A bare number assigned to a vector is a float32 in each lane. */
function readingOf(variable: Local): Reading {
  return variable.type === "v128" ? "f32x4" : variable.type;
}
