export * from "@paramat/data/node";
export * from "@paramat/optim/node";
export { enableRelaxedSimd } from "./relaxed-simd.js";
