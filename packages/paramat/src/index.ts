export { type Backend, cpu, type Precision } from "@paramat/backends";
export * from "@paramat/core";
export * from "@paramat/data";
export * from "@paramat/layers";
export * from "@paramat/optim";
export * from "@paramat/regularizers";
export { array, defaultBackend } from "./array.js";
