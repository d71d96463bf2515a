/**
 * Where the Fourier path overtakes the direct one, and what the rule of `path: "auto"` says:
 * `npx tsx --conditions=paramat-source benchmarks/fft-crossover.ts [cpu|wasm] [--fit]`. Each row times the three contractions by both paths, in turn.
 * Run it with nothing else running; only the ratios matter. `--fit` prints the constants of packages/layers/src/fourier/speed.ts for this machine.
 */
import { type Contraction, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import {
  circulant,
  compile,
  convolution,
  directWork,
  fourierWork,
  ndarray,
  type Parameterization,
  type Path,
  rng,
  type Shape,
  sizeOf,
  type Value,
} from "paramat";
import { type Contender, timeInterleaved } from "./interleaved.js";
import { type Fit, fitConstants } from "./structured/fit-constants.js";

interface Case {
  readonly name: string;
  readonly build: (path: Path) => Parameterization;
  readonly examples: number;
  readonly direct: ReturnType<typeof directWork>;
  readonly fourier: ReturnType<typeof fourierWork>;
}

const [kind = "wasm"] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const backend = kind === "cpu" ? cpu("float64") : wasm();
const largestPrime = kind === "cpu" ? 2 : 31;
const contractions: readonly Contraction[] = ["apply", "applyTranspose", "jacobianTranspose"];
const stream = rng(1);
const random = (shape: Shape): Value =>
  ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
    shape,
  );

function conv(examples: number, grid: Shape, channelsIn: number, channels: number, width: number, groups = 1): Case {
  const sizes = { examples, grid, groups, channelsIn: channelsIn / groups, channelsOut: channels / groups };
  const split = groups > 1 ? ` in ${groups} groups` : "";
  return {
    name: `convolution ${grid.join("×")}, ${channelsIn} → ${channels} channels${split}, width ${width}, ${examples} examples`,
    build: (path) => convolution([...grid, channelsIn], { channels, kernel: width, groups, boundary: "periodic", path }),
    examples,
    direct: directWork(sizes, width ** grid.length),
    fourier: fourierWork(sizes, largestPrime),
  };
}

function full(examples: number, grid: Shape): Case {
  const sizes = { examples, grid, groups: 1, channelsIn: 1, channelsOut: 1 };
  return {
    name: `circulant ${grid.join("×")}, ${examples} examples`,
    build: (path) => circulant(grid, { path }),
    examples,
    direct: directWork({ ...sizes, examples: 1, channelsOut: examples }, sizeOf(grid)),
    fourier: fourierWork(sizes, largestPrime),
  };
}

const cases: readonly Case[] = [
  ...[64, 128, 256, 300, 1024].flatMap((n) => [1, 32].map((examples) => full(examples, [n]))),
  full(8, [16, 16]),
  full(8, [20, 20]),
  full(64, [16, 16]),
  ...[15, 63, 127].map((width) => conv(8, [1024], 1, 1, width)),
  ...[63, 127, 255].map((width) => conv(8, [1000], 1, 1, width)),
  ...[3, 7, 11, 15].map((width) => conv(4, [64, 64], 1, 1, width)),
  ...[5, 11, 21].map((width) => conv(4, [60, 60], 1, 1, width)),
  ...[3, 9, 17].map((width) => conv(4, [128, 128], 1, 1, width)),
  ...[3, 5, 7, 11].map((width) => conv(8, [32, 32], 8, 8, width)),
  ...[3, 7, 11].map((width) => conv(8, [32, 32], 16, 16, width, 16)),
  ...[3, 5, 7, 9].map((width) => conv(4, [28, 28], 16, 32, width)),
  ...[3, 5, 7].map((width) => conv(4, [32, 32], 16, 32, width)),
  ...[5, 11].map((width) => conv(8, [31, 37], 2, 2, width)),
  ...[3, 5, 7].map((width) => conv(2, [16, 16, 16], 4, 4, width)),
];

/** Nanoseconds of both paths, by contraction. */
function measured({ build, examples }: Case): Record<Contraction, readonly [direct: number, fourier: number]> {
  const contenders = (["direct", "fft"] as const).flatMap((path) => {
    const K = build(path);
    const [theta, y, z] = [random(K.thetaShape), random([examples, ...K.inShape]), random([examples, ...K.outShape])];
    const runs = {
      apply: [K.apply, theta, y],
      applyTranspose: [K.applyTranspose, theta, z],
      jacobianTranspose: [K.jacobianTranspose, y, z],
    } as const;
    return contractions.map((which): Contender => {
      const [f, a, b] = runs[which];
      const run = kind === "cpu" ? f : compile(f);
      // Short runs are repeated, or the clock would be measured.
      const repeats = kind === "cpu" ? 1 : 10;
      return {
        name: `${path} ${which}`,
        work: repeats,
        run: () => backend.scope(() => void Array.from({ length: repeats }, () => run(a, b))),
      };
    });
  });
  const timings = backend.scope(() => timeInterleaved(contenders, kind === "cpu" ? 3 : 9));
  const best = (name: string) => {
    const at = contenders.findIndex((contender) => contender.name === name);
    return (1e6 * (timings[at]?.best as number)) / (contenders[at]?.work as number);
  };
  return Object.fromEntries(
    contractions.map((which) => [which, [best(`direct ${which}`), best(`fft ${which}`)] as const]),
  ) as unknown as ReturnType<typeof measured>;
}

const rows = cases.map((entry) => ({ ...entry, times: measured(entry) }));
const fits = contractions.map((which) => ({
  which,
  direct: fitConstants(
    rows.map(({ direct }) => direct),
    rows.map(({ times }) => times[which][0]),
  ),
  fourier: fitConstants(
    rows.map(({ fourier }) => fourier),
    rows.map(({ times }) => times[which][1]),
  ),
}));

console.log(`${backend.name}: microseconds, direct and by FFT, for K y, Kᵀz and the θ-gradient; * where the rule takes the slower one`);
let [right, worst] = [0, 1];
for (const { name, build, examples, times } of rows) {
  const { paths } = build("auto");
  const cells = contractions.map((which) => {
    const [direct, fourier] = times[which];
    const call = { which, backend, examples };
    const takes = paths && typeof paths.fourier === "function" && paths.fourier(call) < paths.direct(call) ? fourier : direct;
    const loss = takes / Math.min(direct, fourier);
    right += loss === 1 ? 1 : 0;
    worst = Math.max(worst, loss);
    return `${(direct / 1e3).toFixed(0).padStart(8)} ${(fourier / 1e3).toFixed(0).padStart(8)}${loss > 1 ? "*" : " "}`;
  });
  console.log(`${name.padEnd(72)} ${cells.join(" ")}`);
}
console.log(`auto took the faster path in ${right} of ${3 * rows.length} calls; at worst it cost ${worst.toFixed(2)}× the faster one`);
if (process.argv.includes("--fit")) {
  const show = ({ constants, deviation }: Fit) => `${JSON.stringify(constants)}, // off by ${deviation.toFixed(2)}×`;
  for (const { which, direct, fourier } of fits) console.log(`${which}:\n  direct: ${show(direct)}\n  fourier: ${show(fourier)}`);
}
process.exit(0);
