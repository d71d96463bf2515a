import { acos, asin } from "./arcsine.js";
import { atan, atan2 } from "./arctangent.js";
import { erf } from "./erf.js";
import type { VectorFunction } from "./math-context.js";
import { cos, sin } from "./sine.js";
import { tan } from "./tangent.js";

/** Functions of angles, their inverses, and erf: all within 2 ulps in both precisions. */
export const trigonometry: Readonly<Record<"sin" | "cos" | "tan" | "asin" | "acos" | "atan" | "atan2" | "erf", VectorFunction>> = {
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  atan2,
  erf,
};
