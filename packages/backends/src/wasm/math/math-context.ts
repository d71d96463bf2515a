import type { Code, Local, Scope, WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** What code for a formula is written with: the module for functions it calls, the scope for variables, the precision. */
export interface MathContext {
  readonly module: WasmModule;
  readonly scope: Scope;
  readonly numbers: Numbers;
}

/** Code that leaves f(x, y, …) of every lane on the stack, from vectors in variables, which it does not change. */
export type VectorFunction = (context: MathContext, ...args: readonly Local[]) => Code;
