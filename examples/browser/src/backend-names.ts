/** Where the page can compute. `openBackend` opens them. */
export const backendNames = {
  cpu: "JavaScript (CPU)",
  wasm: "WebAssembly",
  webgl2: "GPU by WebGL 2",
  webgpu: "GPU by WebGPU",
} as const;

export type BackendId = keyof typeof backendNames;
