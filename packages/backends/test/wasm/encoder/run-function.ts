import { type Code, type Local, type Scope, type WasmModule, wasmModule } from "../../../src/wasm/encoder/index.js";

/** What the body leaves in memory: it gets the address of `input` and that of `bytes` zeros, which it fills. */
export function runBody(
  input: Float32Array | Float64Array | Int32Array | BigInt64Array,
  bytes: number,
  body: (input: Local, out: Local, scope: Scope, module: WasmModule) => Code,
): DataView {
  const module = wasmModule();
  module.entry("run", 2, (params, scope) => body(params[0]!, params[1]!, scope, module));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const [from, to] = [1024, 4096];
  new Uint8Array(memory.buffer, from).set(new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
  const binary = new WebAssembly.Module(module.encode({ initial: 1, maximum: 1, shared: false }));
  const imports = { env: { memory }, math: Math as unknown as WebAssembly.ModuleImports };
  (new WebAssembly.Instance(binary, imports).exports["run"] as (...args: number[]) => void)(from, to);
  return new DataView(memory.buffer, to, bytes);
}
