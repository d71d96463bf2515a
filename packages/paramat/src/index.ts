export { type Backend, cpu, type Precision } from "@paramat/backends";
export { type WasmBackend, type WasmOptions, wasm } from "@paramat/backends/wasm";
export * from "@paramat/core";
export * from "@paramat/data";
export * from "@paramat/layers";
export * from "@paramat/optim";
export * from "@paramat/regularizers";
export { array, defaultBackend } from "./array.js";
export { type TrainingBackendOptions, trainingBackend } from "./training-backend.js";
