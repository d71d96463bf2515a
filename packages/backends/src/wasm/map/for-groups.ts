import type { Code } from "../encoder/index.js";

/** Code for the numbers from 0 to count − 1, `size` of them at a time. */
export function forGroups(count: number, size: number, code: (from: number, to: number) => Code): Code {
  return Array.from({ length: Math.ceil(count / size) }, (_, g) => code(g * size, Math.min(count, (g + 1) * size))).flat();
}
