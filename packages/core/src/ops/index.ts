export { add } from "./add.js";
export * from "./array-index.js";
export { broadcastTo, sumTo } from "./broadcast.js";
export { type MatmulOptions, matmul } from "./matmul.js";
export { mul } from "./mul.js";
export * from "./pointwise-index.js";
export * from "./reductions-index.js";
export { reshape } from "./reshape.js";
export { type ReduceOptions, sum } from "./sum.js";
