/** The backends that can be measured, by what they are called here: `cpu`, `wasm-4t` (with as many threads), `webgl2`, `webgpu`. */
export function isMode(name: string): boolean {
  const threads = threadsOf(name);
  return threads === undefined ? /^(cpu|webgl2|webgpu)$/.test(name) : threads >= 1 && threads <= 32;
}

/** Threads of a mode of WebAssembly; undefined for other modes. */
export function threadsOf(mode: string): number | undefined {
  const threads = /^wasm-(\d+)t$/.exec(mode)?.[1];
  return threads === undefined ? undefined : Number(threads);
}

export function isGpuMode(mode: string): boolean {
  return mode.startsWith("web");
}

/** What is measured where nothing else is asked for: threads as there are cores, but not more than 8. */
export function defaultModes(cores: number): readonly string[] {
  return ["cpu", "wasm-1t", ...(cores > 1 ? [`wasm-${Math.min(cores, 8)}t`] : []), "webgl2", "webgpu"];
}
