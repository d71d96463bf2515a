import type { Buffer, View } from "../backend.js";

/** The buffers that views read, each once, and the name of each view's in a kernel. */
export interface Operands {
  readonly buffers: readonly Buffer[];
  /** `a0`, `a1`, …: one for each view. */
  readonly names: readonly string[];
}

/** What a kernel may read beside a table and what it writes: WebGPU promises eight storage buffers. */
export const MOST_OPERANDS = 6;

/** @param first the number of the first operand */
export function operandsOf(views: readonly Pick<View, "buffer">[], first = 0): Operands {
  const buffers = [...new Set(views.map(({ buffer }) => buffer))];
  return { buffers, names: views.map(({ buffer }) => `a${first + buffers.indexOf(buffer)}`) };
}
