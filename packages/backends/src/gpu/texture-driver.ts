import { BackendError } from "../errors.js";
import type { DeviceKernel, Driver, Handle, KernelFunction } from "./driver.js";
import type { GpuInstance, GpuJs, GpuKernel, GpuResult } from "./gpu-js.js";
import { kernelSettings } from "./kernel-settings.js";
import { type RawTexture, textureMemory } from "./texture-memory.js";
import { textureSize } from "./texture-size.js";

/** What gpu.js keeps of a kernel that writes a texture. */
interface TextureKernel {
  readonly output: readonly number[];
  texture: TextureResult | null;
  /** Whether the texture is another than in the last run. */
  _textureSwitched: boolean;
  /** Textures that end with the kernel. */
  readonly textureCache: RawTexture[];
}

/** A texture as gpu.js passes it between kernels. */
interface TextureResult extends GpuResult {
  texture: RawTexture;
  readonly output: readonly number[];
}

type TextureConstructor = new (settings: object) => TextureResult;

type Compiled = DeviceKernel & GpuKernel & { readonly kernel: TextureKernel };

/**
 * WebGL: a launch is a draw call, numbers lie in textures. Each texture belongs to one handle, or waits in a pool to be written again: a kernel is given the
 * texture to write before it runs, and is left without one.
 */
export function textureDriver(mode: string, { GPU, input }: GpuJs): Driver {
  const gpu: GpuInstance = new GPU({ mode });
  const compile = (source: string, functions: readonly KernelFunction[], length: number): Compiled =>
    gpu.createKernel(source, kernelSettings(functions, length)) as Compiled;
  // Run once, it shows how gpu.js holds a result, of which uploads make their own.
  const first = compile("function (x) { return x[this.thread.x]; }", [], 1);
  const { context: gl } = gpu;
  if (!gl) throw new BackendError(`gpu.js gave no context for ${mode}`);
  const model = first(input(new Float32Array(1), [1])) as TextureResult & { readonly textureFormat: number };
  const memory = textureMemory(gl, model.textureFormat === gl.RGBA ? 4 : 1);
  const settings = { dimensions: [1, 1, 1], context: gl, kernel: first.kernel, ...formatOf(model) };
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  let isEnded = false;
  const requireDevice = (): void => {
    if (isEnded || gl.isContextLost?.()) throw lost(mode, isEnded);
  };
  const lengthOf = (handle: Handle): number => (handle as TextureResult).output[0]!;

  return {
    mode,
    device: String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)),
    maxLength: memory.maxLength,
    upload(values) {
      requireDevice();
      const { length } = values;
      const texture = memory.take(length);
      memory.write(texture, values);
      const size = Int32Array.from(textureSize(length));
      return new (model.constructor as TextureConstructor)({ ...settings, texture, size, output: [length], dimensions: [length, 1, 1] });
    },
    compile,
    launch(compiled, operands) {
      requireDevice();
      const launched = compiled as Compiled;
      const length = launched.kernel.output[0]!;
      const own = launched.kernel.texture;
      if (own) {
        own.texture = memory.take(length);
        own.texture._refs = 1;
        launched.kernel._textureSwitched = true;
      }
      const result = launched(...operands) as TextureResult;
      if (!result?.texture)
        throw new BackendError(`gpu: gpu.js did not run a kernel on ${mode}, it went over to the processor; please report this`);
      if (!own) {
        memory.adopt(length);
        const { textureCache } = launched.kernel;
        const at = textureCache.indexOf(result.texture);
        if (at >= 0) textureCache.splice(at, 1);
      }
      launched.kernel.texture!.texture = NO_TEXTURE;
      return result;
    },
    async read(handle) {
      requireDevice();
      const { texture } = handle as TextureResult;
      const values = memory.readLater ? await memory.readLater(texture, lengthOf(handle)) : memory.read(texture, lengthOf(handle));
      requireDevice();
      return values;
    },
    readSync(handle) {
      requireDevice();
      const values = memory.read((handle as TextureResult).texture, lengthOf(handle));
      requireDevice();
      return values;
    },
    free: (handle) => memory.give((handle as TextureResult).texture, lengthOf(handle)),
    freeKernel: (kernel) => (kernel as Compiled).destroy(),
    bytes: () => memory.bytes(),
    async destroy() {
      isEnded = true;
      await gpu.destroy();
    },
  };
}

/** What a kernel holds between its runs. gpu.js counts references to textures, and does not delete one that has others. */
const NO_TEXTURE: RawTexture = { _refs: Number.POSITIVE_INFINITY };

function formatOf(model: object): object {
  const { internalFormat, textureFormat, type } = model as {
    readonly internalFormat: number;
    readonly textureFormat: number;
    readonly type: string;
  };
  return { internalFormat, textureFormat, type };
}

function lost(mode: string, isEnded: boolean): BackendError {
  const what = isEnded
    ? `this backend of ${mode} was destroyed`
    : `the graphics context of ${mode} was lost, and what lay on the device with it`;
  return new BackendError(`gpu: ${what}; make a new backend with gpu(), and go on from the last checkpoint`);
}
