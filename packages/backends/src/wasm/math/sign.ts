import { type Code, type Operand, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** −0 in every lane: the bit of the sign alone. */
export function signBit({ precision }: Numbers): Code {
  return precision === "float32" ? push("i32x4", 0x80000000) : push("i64x2", 1n << 63n);
}

/** x, negated where y has a sign, as −0 also has. */
export function flipSign(numbers: Numbers, x: Operand, y: Operand): Code {
  return v128.xor(x, v128.and(y, signBit(numbers)));
}
