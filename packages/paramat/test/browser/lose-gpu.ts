interface Device {
  destroy(): void;
  readonly lost: Promise<unknown>;
}

/** Takes note of the devices that the page opens from now on; the function it gives loses the latest of a mode, as a driver that fails would. */
export function watchGpu(): (mode: "webgl2" | "webgpu") => Promise<void> {
  const contexts: WebGL2RenderingContext[] = [];
  const devices: Device[] = [];
  const canvas = HTMLCanvasElement.prototype as unknown as { getContext(...args: unknown[]): unknown };
  const { getContext } = canvas;
  canvas.getContext = function (...args) {
    const context = getContext.apply(this, args);
    if (args[0] === "webgl2" && context) contexts.push(context as WebGL2RenderingContext);
    return context;
  };
  const adapter = (
    globalThis as unknown as { readonly GPUAdapter: { readonly prototype: { requestDevice(...args: unknown[]): Promise<Device> } } }
  ).GPUAdapter.prototype;
  const { requestDevice } = adapter;
  adapter.requestDevice = async function (...args) {
    const device = await requestDevice.apply(this, args);
    devices.push(device);
    return device;
  };
  return async (mode) => {
    if (mode === "webgl2") contexts.at(-1)!.getExtension("WEBGL_lose_context")!.loseContext();
    else devices.at(-1)!.destroy();
  };
}
