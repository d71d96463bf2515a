import { type Code, choose, get, type Local, v128 } from "../encoder/index.js";

/** `value` where any lane of the mask is set, else `usual`, without computing the value: for arguments that are seldom met. */
export function whereRare(mask: Local, value: Code, usual: Local): Code {
  return choose("v128", v128.anyTrue(mask), value, get(usual));
}
