/** What a page has made on graphics devices and not deleted: counted where the page asks the browser, whoever asks. */
export interface GpuMemory {
  readonly textures: number;
  readonly buffers: number;
}

/** Counts from now on. */
export function countGpuMemory(): () => GpuMemory {
  const textures = new Set<unknown>();
  const buffers = new Set<unknown>();
  counted(WebGL2RenderingContext.prototype, "createTexture", (_, made) => textures.add(made));
  counted(WebGL2RenderingContext.prototype, "deleteTexture", ([texture]) => textures.delete(texture));
  const { GPUDevice, GPUBuffer } = globalThis as unknown as Readonly<Record<"GPUDevice" | "GPUBuffer", { readonly prototype: object }>>;
  counted(GPUDevice.prototype, "createBuffer", (_, made) => buffers.add(made));
  counted(GPUBuffer.prototype, "destroy", (_, __, buffer) => buffers.delete(buffer));
  return () => ({ textures: textures.size, buffers: buffers.size });
}

function counted(prototype: object, name: string, note: (args: readonly unknown[], result: unknown, on: unknown) => void): void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  const method = methods[name]!;
  methods[name] = function (this: unknown, ...args) {
    const result = method.apply(this, args);
    note(args, result, this);
    return result;
  };
}
