import { ShapeError } from "@paramat/core";
import { type Path, type PathCosts, paths } from "./path.js";
import type { ThreeContractions } from "./periodic-contractions.js";

/**
 * The direct contractions or the Fourier ones: as `path` says, or for `"auto"` by the number of examples at each call.
 * @param costs for so many examples
 */
export function byPath(
  path: Path,
  direct: ThreeContractions,
  fourier: ThreeContractions,
  costs: (examples: number) => PathCosts,
): ThreeContractions {
  if (path === "direct") return direct;
  if (path === "fft") return fourier;
  const chosen = (examples = 1) => {
    const expected = costs(examples);
    return expected.fourier < expected.direct ? fourier : direct;
  };
  return {
    apply: (theta, y) => chosen(y.shape[0]).apply(theta, y),
    applyTranspose: (theta, z) => chosen(z.shape[0]).applyTranspose(theta, z),
    jacobianTranspose: (y, z) => chosen(y.shape[0]).jacobianTranspose(y, z),
  };
}

/** @throws ShapeError unless `path` is one of the three */
export function requirePath(op: string, path: Path): void {
  if (!paths.includes(path))
    throw new ShapeError(`${op}: path is ${JSON.stringify(path)}; it must be one of ${paths.map((p) => `"${p}"`).join(", ")}`);
}
