import { type Code, i32, type Operand, select } from "../encoder/index.js";

/** The smaller of two counts. */
export function least(x: Operand, y: Operand): Code {
  return select("i32", i32.ltS(x, y), x, y);
}
