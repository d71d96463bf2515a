import { float32, float64, integerBytes, joined, signed, unsigned } from "./bytes.js";

/** Instructions in binary form, in the order in which they run. Code that leaves one value on the stack is an expression. */
export type Code = readonly number[];

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** A parameter or variable of a function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** How an instruction reads its argument: a number is a constant of this type; for vectors, the same number in every lane. */
export type Reading = "i32" | "i64" | "f32" | "f64" | "i8x16" | "i32x4" | "i64x2" | "f32x4" | "f64x2";

/** An argument of an instruction: an expression, a variable, or a constant. */
export type Operand = Code | Local | number | bigint;

/** Code that leaves the operand on the stack. */
export function push(reading: Reading, operand: Operand): Code {
  if (typeof operand === "number" || typeof operand === "bigint") return constant(reading, operand);
  return "index" in operand ? [0x20, ...unsigned(operand.index)] : operand;
}

/** One instruction after its arguments. */
export function instruction(opcode: Code, readings: readonly Reading[], operands: readonly Operand[], immediate: Code = []): Code {
  return joined(...operands.map((operand, i) => push(readings[i]!, operand)), opcode, immediate);
}

function constant(reading: Reading, value: number | bigint): Code {
  switch (reading) {
    case "i32":
      return [0x41, ...signed(typeof value === "number" && Number.isSafeInteger(value) ? value | 0 : BigInt.asIntN(32, BigInt(value)))];
    case "i64":
      return [0x42, ...signed(BigInt.asIntN(64, BigInt(value)))];
    case "f32":
      return [0x43, ...float32(Number(value))];
    case "f64":
      return [0x44, ...float64(Number(value))];
    case "i8x16":
      return [0xfd, 0x0c, ...new Array<number>(16).fill(Number(value) & 0xff)];
    case "i32x4":
      return [0xfd, 0x0c, ...repeat(integerBytes(value, 4), 4)];
    case "i64x2":
      return [0xfd, 0x0c, ...repeat(integerBytes(value, 8), 2)];
    case "f32x4":
      return [0xfd, 0x0c, ...repeat(float32(Number(value)), 4)];
    case "f64x2":
      return [0xfd, 0x0c, ...repeat(float64(Number(value)), 2)];
  }
}

function repeat(bytes: readonly number[], times: number): number[] {
  return joined(...new Array<readonly number[]>(times).fill(bytes));
}
