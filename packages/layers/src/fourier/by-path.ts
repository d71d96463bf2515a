import type { Backend, Contraction } from "@paramat/backends";
import { ShapeError, type Value } from "@paramat/core";
import { type Path, paths } from "./path.js";
import type { ThreeContractions } from "./periodic-contractions.js";

/** One call of one contraction, and where it runs. */
export interface PathCall {
  readonly which: Contraction;
  readonly backend: Backend;
  readonly examples: number;
}

/** The ways in which a parameterization can be computed, with what a call should cost by each, in nanoseconds. */
export interface PathChoice {
  /** What was asked for. */
  readonly path: Path;
  readonly direct: (call: PathCall) => number;
  /** Or why there is no Fourier path. */
  readonly fourier: ((call: PathCall) => number) | string;
  /** Of a stencil of the same size that is a product of one for each axis: another parameterization, so nobody takes it unasked. */
  readonly separable?: (call: PathCall) => number;
}

/** The path that a call takes. */
export function takenPath({ path, direct, fourier }: PathChoice, call: PathCall): "direct" | "fft" {
  if (path !== "auto") return path;
  return typeof fourier === "function" && fourier(call) < direct(call) ? "fft" : "direct";
}

/** The direct contractions or the Fourier ones: as asked, or for `"auto"` by the contraction, the backend and the number of examples of each call. */
export function byPath(choice: PathChoice, direct: ThreeContractions, fourier: ThreeContractions): ThreeContractions {
  const taken = (which: Contraction, y: Value) =>
    takenPath(choice, { which, backend: y.backend, examples: y.shape[0] ?? 1 }) === "fft" ? fourier : direct;
  return {
    apply: (theta, y) => taken("apply", y).apply(theta, y),
    applyTranspose: (theta, z) => taken("applyTranspose", z).applyTranspose(theta, z),
    jacobianTranspose: (y, z) => taken("jacobianTranspose", y).jacobianTranspose(y, z),
  };
}

/** @throws ShapeError unless `path` is one of the three */
export function requirePath(op: string, path: Path): void {
  if (!paths.includes(path))
    throw new ShapeError(`${op}: path is ${JSON.stringify(path)}; it must be one of ${paths.map((p) => `"${p}"`).join(", ")}`);
}
