import { BackendError } from "../errors.js";

/** What this backend uses of gpu.js, whose own types are weak. */
export interface GpuJs {
  readonly GPU: GpuConstructor;
  readonly input: (values: Float32Array, size: readonly number[]) => object;
}

export interface GpuConstructor {
  new (settings: { readonly mode: string }): GpuInstance;
  readonly isWebGL2Supported: boolean;
  readonly isHeadlessGLSupported: boolean;
}

export interface GpuInstance {
  createKernel(source: string, settings: KernelSettings): GpuKernel;
  destroy(): Promise<void>;
  /** The context that kernels share; there after the first kernel was made. */
  readonly context?: WebGL2RenderingContext | null;
}

export interface KernelSettings {
  readonly output: readonly number[];
  readonly pipeline: boolean;
  readonly immutable: boolean;
  readonly precision: "single";
  readonly tactic: "precision";
  readonly loopMaxIterations: number;
  readonly functions?: readonly { readonly source: string; readonly settings: FunctionSettings }[];
}

export interface FunctionSettings {
  readonly argumentTypes: Readonly<Record<string, "Integer" | "Number">>;
  readonly returnType: "Integer" | "Number";
}

/** Called with results of other kernels, gives its own; a promise of it in mode webgpu. */
export interface GpuKernel {
  (...operands: readonly object[]): unknown;
  destroy(): void;
}

/** A result that stays on the device. */
export interface GpuResult {
  toArray(): Float32Array | Promise<Float32Array>;
}

/** gpu.js, loaded when it is first asked for. @throws BackendError if it is not installed */
export async function loadGpuJs(): Promise<GpuJs> {
  try {
    const loaded = (await import("gpu.js")) as unknown as Partial<GpuJs> & { readonly default?: GpuJs };
    return loaded.GPU ? (loaded as GpuJs) : (loaded.default as GpuJs);
  } catch (cause) {
    throw new BackendError("gpu: the package gpu.js cannot be loaded; install it: npm install gpu.js", { cause });
  }
}
