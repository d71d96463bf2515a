import type { ScalarOp } from "../../expr.js";
import { exponentials } from "../math/exponentials.js";
import type { VectorFunction } from "../math/math-context.js";
import { trigonometry } from "../math/trigonometry.js";

/** Operations that are functions of their own, each with a stated error. */
export const elementary: Readonly<Partial<Record<ScalarOp, VectorFunction>>> = { ...exponentials, ...trigonometry };
