import type { ScalarOp } from "../../expr.js";
import type { VectorFunction } from "../math/math-context.js";

/** Operations that are functions of their own, with a stated error. */
export const elementary: Readonly<Partial<Record<ScalarOp, VectorFunction>>> = {};
