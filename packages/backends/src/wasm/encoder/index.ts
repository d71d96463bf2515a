export { type Code, type Local, type Operand, push, type Reading, type ValueType } from "./code.js";
export { advance, block, branch, branchIf, choose, forRange, get, loop, memory, select, sequence, set, tee, when } from "./control.js";
export type { Binary, Load, Store, Ternary, Unary } from "./families.js";
export { type MathImport, type MemoryType, type Scope, type WasmFunction, type WasmModule, wasmModule } from "./module.js";
export { f32, f64, i32, i64 } from "./scalars.js";
export { f32x4, f64x2, i8x16, i32x4, i64x2, v128 } from "./vectors.js";
