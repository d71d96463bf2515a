import { activationCases } from "./activation-cases.js";
import { binaryCases } from "./binary-cases.js";
import type { PointwiseCase } from "./pointwise-case.js";
import { unaryCases } from "./unary-cases.js";

/** Every pointwise op with an interval inside its domain, for tests of whatever must hold for all of them. */
export const pointwiseCases: readonly PointwiseCase[] = [...binaryCases, ...unaryCases, ...activationCases];
