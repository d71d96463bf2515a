export type * from "./backend.js";
export { cpu } from "./cpu.js";
export { BackendError } from "./errors.js";
export * from "./expr/index.js";
export * from "./expr.js";
export { convOutGrid, windowOutGrid } from "./out-grid.js";
export * from "./program.js";
