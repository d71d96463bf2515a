export type * from "./backend.js";
export { convOutGrid, windowOutGrid } from "./cpu/out-grid.js";
export { cpu } from "./cpu.js";
export * from "./expr/index.js";
export * from "./expr.js";
