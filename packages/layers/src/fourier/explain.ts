import type { Backend, Contraction } from "@paramat/backends";
import { ShapeError, showShape } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { type PathCall, type PathChoice, takenPath } from "./by-path.js";

export interface ExplainOptions {
  readonly examples: number;
  /** Where it would run: estimates and choices differ between backends. */
  readonly backend: Backend;
}

const contractions: readonly (readonly [Contraction, string])[] = [
  ["apply", "K y"],
  ["applyTranspose", "Kᵀ z"],
  ["jacobianTranspose", "θ-gradient"],
];

/**
 * In a few lines, by which path a parameterization is computed and why: what each path should cost in each contraction, and what excludes one.
 * @returns text to print. Times are those of the machine on which the constants were fitted: read their ratios
 * @throws ShapeError if `examples` is not a positive integer
 * @example
 * import { cpu } from "@paramat/backends";
 * import { convolution, explain } from "@paramat/layers";
 * const K = convolution([64, 64, 1], { channels: 1, kernel: 3, stride: 2, boundary: "periodic" });
 * explain(K, { examples: 1, backend: cpu() }).includes('fft: not possible, since the stride is [2, 2]'); // → true
 */
export function explain(K: Parameterization, { examples, backend }: ExplainOptions): string {
  if (!(Number.isInteger(examples) && examples > 0))
    throw new ShapeError(`explain: ${examples} examples; there must be a positive integer`);
  const { name, paths, inShape, outShape, thetaShape } = K;
  const count = `${examples} example${examples === 1 ? "" : "s"}`;
  const title = `${name} from ${showShape(inShape)} to ${showShape(outShape)}, θ ${showShape(thetaShape)}, ${count} on ${backend.name}`;
  if (!paths) return `${title}\nthere is one way to compute it, so nothing is chosen`;
  const calls = contractions.map(([which]): PathCall => ({ which, backend, examples }));
  const row = (label: string, cells: readonly string[], note = "") =>
    `${label.padEnd(11)}${cells.map((cell) => cell.padStart(11)).join("")}${note}`;
  const times = (cost: (call: PathCall) => number) => calls.map((call) => showTime(cost(call)));
  return [
    title,
    row(
      "",
      contractions.map(([, label]) => label),
    ),
    row("direct", times(paths.direct)),
    typeof paths.fourier === "string" ? `fft: not possible, since ${paths.fourier}` : row("fft", times(paths.fourier)),
    ...(paths.separable ? [row("separable", times(paths.separable), "  (separableConvolution: fewer parameters, rank-one stencils)")] : []),
    verdict(paths, calls),
  ].join("\n");
}

function verdict(paths: PathChoice, calls: readonly PathCall[]): string {
  const taken = calls.map((call) => takenPath(paths, call));
  const [first = "direct"] = taken;
  const what = taken.every((path) => path === first)
    ? `${first} for all three`
    : contractions.map(([, label], i) => `${taken[i]} for ${label}`).join(", ");
  if (paths.path !== "auto") return `taken: ${what}, as path "${paths.path}" says`;
  return `taken: ${what}, ${typeof paths.fourier === "string" ? "the only one" : "whichever should be faster"}`;
}

function showTime(nanoseconds: number): string {
  const [value, unit] = nanoseconds < 1e6 ? [nanoseconds / 1e3, "µs"] : [nanoseconds / 1e6, "ms"];
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(2)} ${unit}`;
}
