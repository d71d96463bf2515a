import type { Code, Local, Scope, WasmModule } from "../encoder/index.js";

/** Parameters of a phase of a kernel with two operands; see `Kernel`. */
export interface EntryParams {
  readonly a: Local;
  readonly b: Local;
  readonly out: Local;
  readonly scratch: Local;
  readonly own: Local;
  readonly from: Local;
  readonly to: Local;
}

/** Adds a phase of a kernel with two operands. */
export function entry(module: WasmModule, name: string, body: (params: EntryParams, scope: Scope) => Code): void {
  module.entry(name, 8, (params, scope) => {
    const [a, b, out, , scratch, own, from, to] = params as readonly [Local, Local, Local, Local, Local, Local, Local, Local];
    return body({ a, b, out, scratch, own, from, to }, scope);
  });
}
