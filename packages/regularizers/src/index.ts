export { type Regularizer, sumOf, weighted } from "./regularizer.js";
export type { Selection } from "./selected-leaves.js";
export { generalTikhonov, tikhonov } from "./tikhonov.js";
