import { type Code, f32x4, f64x2, i8x16, type Local } from "../encoder/index.js";
import type { Keep } from "./steps.js";

/** The four lanes of a float32 vector as two float64 vectors. */
export function widened(keep: Keep, x: Local): readonly [Local, Local] {
  const upper = i8x16.shuffle(x, x, [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
  return [keep(f64x2.promoteLowF32x4(x)), keep(f64x2.promoteLowF32x4(upper))];
}

/** Two float64 vectors rounded to one of float32. */
export function narrowed(lower: Code, upper: Code): Code {
  const halves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
  return i8x16.shuffle(f32x4.demoteF64x2Zero(lower), f32x4.demoteF64x2Zero(upper), halves);
}
