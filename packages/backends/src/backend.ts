import type { Expr } from "./expr.js";

/** Sizes along each axis, row-major (last axis fastest); `[]` is a scalar, any size may be 0. */
export type Shape = readonly number[];

export type Precision = "float32" | "float64";

/** Numbers owned by a backend, row-major and contiguous; immutable once a kernel has returned it. */
export interface Buffer {
  readonly length: number;
}

/** Positions owned by a backend, made by `uploadIndex` or `argmaxWindows`; −1 means "nothing there". */
export interface IndexBuffer {
  readonly length: number;
  readonly isIndex: true;
}

/**
 * How a kernel reads a buffer: entry (i₀, i₁, …) is at `offset + Σ strides[a]·i_a`.
 * Stride 0 broadcasts, a negative stride flips, permuted strides transpose.
 */
export interface View {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** A block of `shape` read through `source` and written at `offset + Σ strides[a]·i_a` of the result. */
export interface Part {
  readonly source: View;
  readonly shape: Shape;
  readonly offset: number;
  readonly strides: readonly number[];
}

export type Reduction = "sum" | "max" | "min" | "argmax";

/** The three contractions of a trilinear form t(θ, y, z) = ⟨z, K(θ) y⟩. */
export type Contraction = "apply" | "applyTranspose" | "jacobianTranspose";

/** C[b, i, j] = Σ_k A[b, i, k] B[b, k, j]. */
export interface MatmulSizes {
  readonly batch: Shape;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/**
 * The N-d valid convolution, channels last:
 * z[e, i, o] = Σ_{j, c} θ[j, c, o] · y[e, stride·i + dilation·(kernel − 1 − j), (channelsIn/groups)·g(o) + c],
 * where g(o) = ⌊o / (channelsOut/groups)⌋. θ is [...kernel, channelsIn/groups, channelsOut], y is [examples, ...grid, channelsIn],
 * z is [examples, ...outGrid, channelsOut] with outGrid = ⌊(grid − dilation·(kernel − 1) − 1)/stride⌋ + 1 (0 where that is negative).
 */
export interface ConvGeometry {
  readonly examples: number;
  readonly grid: Shape;
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly dilation: Shape;
  readonly groups: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  /**
   * What is known of y: so many lines at the beginning and at the end of the grid's last axis but one are 0, a border of zeros. A backend may leave out
   * their products; the result is the same.
   */
  readonly zeroLines?: readonly [before: number, after: number];
}

/** Where a sparse matrix has entries: sorted by row, then column, none twice. `rows` and `cols` are not changed after. */
export interface SparsePattern {
  readonly numRows: number;
  readonly numCols: number;
  readonly rows: Int32Array;
  readonly cols: Int32Array;
}

/** [outer, size, inner] seen through an index of length `count`: [outer, count, inner]. */
export interface GatherLayout {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
  readonly count: number;
}

/**
 * Windows over [examples, ...grid, channels]: window i covers cells stride·i − padLow + (0 … window−1); cells outside the grid are ignored.
 * outGrid = ⌊(padLow + grid + padHigh − window)/stride⌋ + 1 (0 where that is negative). Every window must hold at least one cell of the grid.
 */
export interface WindowGeometry {
  readonly examples: number;
  readonly grid: Shape;
  readonly window: Shape;
  readonly stride: Shape;
  readonly padLow: Shape;
  readonly padHigh: Shape;
  readonly channels: number;
}

/**
 * A closed set of kernels over buffers. A backend validates nothing (shape rules ran before), never changes a buffer it was given, and computes
 * in its own `precision`. Dispatch is synchronous and may only enqueue; reading back is a promise. `laws.ts` says what every kernel must satisfy.
 */
export interface Backend {
  /** For people: `cpu-float64`. */
  readonly name: string;
  /** What the kernels really run on, where the name does not say it: `wasm-float32, 2 threads, relaxed SIMD`. */
  readonly executedOn?: string;
  readonly precision: Precision;
  /** Unit of rounding: 2⁻⁵² or 2⁻²³. */
  readonly epsilon: number;

  upload(values: ArrayLike<number>): Buffer;
  uploadIndex(values: ArrayLike<number>): IndexBuffer;
  /** A copy of the numbers. */
  read(buffer: Buffer): Promise<Float64Array | Float32Array>;
  /** The same at once, where the backend can wait (CPU, WASM). */
  readSync?(buffer: Buffer): Float64Array | Float32Array;

  /** out[i] = f(inputs[0][i], inputs[1][i], …) for i in `shape`. */
  map(f: Expr, shape: Shape, inputs: readonly View[]): Buffer;
  /** Zeros of `shape` plus every part at its place; where parts overlap they add. The transpose of reading through views. */
  place(shape: Shape, parts: readonly Part[]): Buffer;
  /** Over `axes` of `shape` (sorted, none twice), which vanish. The empty sum is 0, the empty max −∞, min +∞. NaN wins max and min. `argmax`: one axis, first maximum, as numbers. */
  reduce(kind: Reduction, shape: Shape, axes: readonly number[], input: Buffer): Buffer;
  /** Cumulative sum along the middle of [outer, size, inner]; `reverse` sums from the end. */
  scan(outer: number, size: number, inner: number, reverse: boolean, input: Buffer): Buffer;
  /** Batched matrix product; views have axes [...batch, m, k] and [...batch, k, n]; the result is contiguous [...batch, m, n]. */
  contract(sizes: MatmulSizes, a: View, b: View): Buffer;
  /** `apply`(θ, y) → z; `applyTranspose`(θ, z) → y; `jacobianTranspose`(y, z) → θ, summed over examples. */
  convolve(which: Contraction, geometry: ConvGeometry, a: Buffer, b: Buffer): Buffer;
  /** K has `values` on `pattern`; y is [examples, numCols], z is [examples, numRows]. `apply`(values, y) → z; `applyTranspose`(values, z) → y; `jacobianTranspose`(y, z) → values: Σₑ z[e, row] y[e, col]. */
  sparse(which: Contraction, pattern: SparsePattern, examples: number, a: Buffer, b: Buffer): Buffer;
  /** out[o, k, i] = input[o, index[k], i], or 0 where index[k] is −1. */
  gather(layout: GatherLayout, input: Buffer, index: IndexBuffer): Buffer;
  /** Transpose of `gather`: out[o, index[k], i] += input[o, k, i]. */
  scatterAdd(layout: GatherLayout, input: Buffer, index: IndexBuffer): Buffer;
  /** For each window and channel, the flat position in `input` of its first maximum (NaN counts as the maximum). */
  argmaxWindows(geometry: WindowGeometry, input: Buffer): IndexBuffer;
  /** Discrete Fourier transform of [2, ...shape] (real plane, imaginary plane) over `axes` of `shape`; any length. Forward e^{−2πi jk/n}, unscaled; inverse e^{+…}, divided by n. */
  fft(shape: Shape, axes: readonly number[], inverse: boolean, input: Buffer): Buffer;

  /** Frees what `body` made and did not return (buffers are found in arrays and plain objects). */
  scope<T>(body: () => T): T;

  /** Kernels that programs fuse others into; where a backend has none, programs leave their parts apart. */
  readonly fused?: FusedKernels;

  /** A new owner of buffers, for work that waits in between, where no scope can stay open. Absent where buffers are left to the garbage collector. */
  region?(): Region;
  /** No scope or region frees this buffer any more, whichever made it: it stays as long as something refers to it. Absent where scopes free nothing. */
  retain?(buffer: Buffer | IndexBuffer): void;
  /** Frees a buffer that nothing will read any more, before its scope ends; leaves one alone that is retained. Absent where scopes free nothing, and where programs have working memory. */
  free?(buffer: Buffer | IndexBuffer): void;
  /** Runs `body` outside of the scopes that are open: they do not free what it makes. Absent where scopes free nothing. */
  unscoped?<T>(body: () => T): T;
  /** The backend whose programs this one records: its arrays and this one's go together. Only recorders have it. */
  readonly records?: Backend;
  /** [f(x)] for a buffer of one number, worked out by the host: how recorders take in functions that are no formula. Only recorders have it. */
  hostMap?(f: (x: number) => number, input: Buffer): Buffer;
}

/** Buffers that are freed when their owner says so. A region that is forgotten is garbage with all that it holds. */
export interface Region {
  /** Runs `body`, which must not wait: the region holds what it makes, but for what scopes inside of it free. */
  run<T>(body: () => T): T;
  /** Holds the buffers found in `value` (as `scope` finds them) from now on. */
  adopt(value: unknown): void;
  /** Frees what it holds but those found in `value`, and lets go of what is retained. */
  keepOnly(value: unknown): void;
}

/** Kernels that do the work of two, without writing what lies between them. */
export interface FusedKernels {
  /** `reduce(kind, shape, axes, map(f, shape, inputs))`. */
  mapReduce(kind: Reduction, f: Expr, shape: Shape, axes: readonly number[], inputs: readonly View[]): Buffer;
  /** `argmaxWindows(geometry, map(f, [examples, ...grid, channels], inputs))`. */
  mapArgmaxWindows(geometry: WindowGeometry, f: Expr, inputs: readonly View[]): IndexBuffer;
  /**
   * `fft` over `axes` of a real array, at the frequencies 0 … ⌊n/2⌋ of the last axis listed, which say all: `shape` to [2, ...half]. The inverse goes from
   * there to `shape`, as if the other frequencies were the conjugates; it takes the imaginary parts of frequencies that are their own conjugates as 0.
   * `axes` lists at least one, and the last of them is at least 2 long.
   */
  realFft(shape: Shape, axes: readonly number[], inverse: boolean, input: Buffer): Buffer;
  /**
   * For each entry of axis 0 of a real array: its `realFft` over `axes`, which do not list axis 0, times `spectrum` (or its conjugate), and back. `shape` to
   * `shape`; `spectrum` is [2, ...half of one entry].
   */
  realFilter(shape: Shape, axes: readonly number[], conjugate: boolean, input: Buffer, spectrum: Buffer): Buffer;
}
