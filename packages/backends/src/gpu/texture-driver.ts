import { BackendError } from "../errors.js";
import type { DeviceKernel, Driver, Handle, KernelFunction } from "./driver.js";
import type { GpuInstance, GpuJs, GpuKernel, GpuResult } from "./gpu-js.js";
import { kernelSettings } from "./kernel-settings.js";
import { type RawTexture, texturePool } from "./texture-pool.js";

/** What gpu.js keeps of a kernel that writes a texture. */
interface TextureKernel {
  readonly texSize: readonly [number, number];
  texture: (TextureResult & { newTexture(): void }) | null;
  _textureSwitched: boolean;
}

interface TextureResult extends GpuResult {
  texture: RawTexture;
  readonly size: readonly [number, number];
}

interface Compiled extends DeviceKernel {
  readonly run: GpuKernel & { readonly kernel: TextureKernel };
  /** Results that are not freed: each reads through its kernel, which must outlive them. */
  live: number;
  isDoomed: boolean;
}

interface TextureHandle extends Handle {
  readonly result: TextureResult;
  readonly from: Compiled;
}

/** Bytes in textures that wait to be used again. */
const MOST_SPARE = 2 ** 28;

/**
 * WebGL: a launch is a draw call, numbers lie in textures of one float32 a texel. gpu.js counts references to textures; those to which only this driver refers are
 * written again, by whichever kernel needs their size next.
 */
export function textureDriver(mode: string, { GPU, input }: GpuJs): Driver {
  const gpu: GpuInstance = new GPU({ mode });
  const uploads = new Map<number, Compiled>();
  let made = 0;
  let isLost = false;
  const pool = texturePool(MOST_SPARE, (texture) => {
    gpu.context?.deleteTexture(texture as WebGLTexture);
  });
  const compile = (source: string, functions: readonly KernelFunction[], length: number): Compiled => ({
    run: gpu.createKernel(source, kernelSettings(functions, length)) as Compiled["run"],
    live: 0,
    isDoomed: false,
  });
  /** The texture of the last result, if anyone has it still, makes way for another before the kernel runs again. */
  const changeTexture = (kernel: TextureKernel): void => {
    const own = kernel.texture;
    if (!own || (own.texture._refs ?? 0) <= 1) return;
    const spare = pool.take(...own.size);
    if (spare) {
      own.texture._refs!--;
      spare._refs = 1;
      own.texture = spare;
    } else {
      own.newTexture();
      made += bytesOf(own);
    }
    kernel._textureSwitched = true;
  };
  const launch = (kernel: Compiled, operands: readonly object[]): TextureHandle => {
    requireDevice();
    const first = kernel.run.kernel.texture === null || kernel.run.kernel.texture === undefined;
    if (!first) changeTexture(kernel.run.kernel);
    const result = kernel.run(...operands) as TextureResult;
    if (first) made += bytesOf(result);
    kernel.live++;
    return { result, from: kernel };
  };
  const requireDevice = (): void => {
    if (!isLost && gpu.context?.isContextLost?.()) isLost = true;
    if (isLost) throw lost(mode);
  };
  const release = (kernel: Compiled): void => {
    const own = kernel.run.kernel.texture;
    if (own) made -= bytesOf(own);
    kernel.run.destroy();
  };
  const readSync = (handle: Handle): Float32Array => {
    requireDevice();
    const values = (handle as TextureHandle).result.toArray() as Float32Array;
    requireDevice();
    return values;
  };
  const limits = { maxLength: 0, device: "" };
  const look = (): typeof limits => {
    const { context } = gpu;
    if (limits.maxLength === 0 && context) {
      limits.maxLength = context.getParameter(context.MAX_TEXTURE_SIZE) ** 2;
      const info = context.getExtension("WEBGL_debug_renderer_info");
      limits.device = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
    }
    return limits;
  };

  return {
    mode,
    get device() {
      return look().device;
    },
    get maxLength() {
      return look().maxLength || 2 ** 22;
    },
    upload(values) {
      const { length } = values;
      let kernel = uploads.get(length);
      if (!kernel) {
        kernel = compile("function (x) { return x[this.thread.x]; }", [], length);
        uploads.set(length, kernel);
      }
      return launch(kernel, [input(values, [length])]);
    },
    compile,
    launch: (kernel, operands) =>
      launch(
        kernel as Compiled,
        operands.map((handle) => (handle as TextureHandle).result),
      ),
    read: async (handle) => readSync(handle),
    readSync,
    free(handle) {
      const { result, from } = handle as TextureHandle;
      from.live--;
      const { texture, size } = result;
      texture._refs = (texture._refs ?? 1) - 1;
      if (texture._refs === 0) pool.give(texture, ...size);
      if (from.isDoomed && from.live === 0) release(from);
    },
    freeKernel(kernel) {
      const doomed = kernel as Compiled;
      doomed.isDoomed = true;
      if (doomed.live === 0) release(doomed);
    },
    bytes: () => made,
    async destroy() {
      isLost = true;
      await gpu.destroy();
    },
  };
}

function bytesOf({ size: [width, height] }: TextureResult): number {
  return 4 * width * height;
}

function lost(mode: string): BackendError {
  return new BackendError(
    `gpu: the graphics context of ${mode} was lost, and what lay on the device with it; make a new backend with gpu(), and go on from the last checkpoint`,
  );
}
