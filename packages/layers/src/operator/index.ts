export { linearOperator } from "./checked-operator.js";
export { type DctOptions, dct } from "./dct.js";
export type { LinearOperator } from "./linear-operator.js";
export type { ParametricOperator } from "./parametric-operator.js";
