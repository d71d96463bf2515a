/**
 * Where the Fourier path overtakes the direct one, and what the rule of `path: "auto"` says:
 * `npx tsx --conditions=paramat-source benchmarks/fft-crossover.ts`. Each row times K y, Kᵀz and the
 * θ-gradient together by both paths, in turn. Run it with nothing else running; only the ratios matter.
 */
import { cpu } from "@paramat/backends";
import {
  circulant,
  convolution,
  directCost,
  fourierCost,
  ndarray,
  type Parameterization,
  type Path,
  type PathCosts,
  rng,
  type Shape,
  sizeOf,
  type Value,
} from "paramat";
import { timeInterleaved } from "./interleaved.js";

interface Case {
  readonly name: string;
  readonly build: (path: Path) => Parameterization;
  readonly examples: number;
  readonly costs: PathCosts;
}

const rounds = Number(process.argv[2] ?? 7);
const stream = rng(1);
const backend = cpu("float64");
const random = (shape: Shape): Value =>
  ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
    shape,
  );

function conv(examples: number, grid: Shape, channelsIn: number, channels: number, width: number): Case {
  const sizes = { examples, grid, groups: 1, channelsIn, channelsOut: channels };
  return {
    name: `convolution ${grid.join("×")}, ${channelsIn} → ${channels} channels, width ${width}, ${examples} examples`,
    build: (path) => convolution([...grid, channelsIn], { channels, kernel: width, boundary: "periodic", path }),
    examples,
    costs: { direct: directCost(sizes, width ** grid.length), fourier: fourierCost(sizes) },
  };
}

function full(examples: number, grid: Shape): Case {
  const sizes = { examples, grid, groups: 1, channelsIn: 1, channelsOut: 1 };
  return {
    name: `circulant ${grid.join("×")}, ${examples} examples`,
    build: (path) => circulant(grid, { path }),
    examples,
    costs: { direct: directCost({ ...sizes, examples: 1, channelsOut: examples }, sizeOf(grid)), fourier: fourierCost(sizes) },
  };
}

const cases: readonly Case[] = [
  ...[64, 128, 256, 300, 1024].flatMap((n) => [1, 32].map((examples) => full(examples, [n]))),
  full(8, [16, 16]),
  full(8, [20, 20]),
  ...[15, 63, 127].map((width) => conv(8, [1024], 1, 1, width)),
  ...[63, 127, 255].map((width) => conv(8, [1000], 1, 1, width)),
  ...[3, 7, 11, 15].map((width) => conv(4, [64, 64], 1, 1, width)),
  ...[5, 11, 21].map((width) => conv(4, [60, 60], 1, 1, width)),
  ...[3, 5, 7, 11].map((width) => conv(8, [32, 32], 8, 8, width)),
  ...[3, 5, 7, 9].map((width) => conv(4, [28, 28], 16, 32, width)),
  ...[3, 5, 7].map((width) => conv(4, [32, 32], 16, 32, width)),
  ...[3, 5, 7].map((width) => conv(2, [16, 16, 16], 4, 4, width)),
];

const rows = cases.map(({ name, build, examples, costs }) => {
  const contenders = (["direct", "fft"] as const).map((path) => {
    const K = build(path);
    const [theta, y, z] = [random(K.thetaShape), random([examples, ...K.inShape]), random([examples, ...K.outShape])];
    const run = () => {
      K.apply(theta, y);
      K.applyTranspose(theta, z);
      K.jacobianTranspose(y, z);
    };
    return { name: path, work: 0, run };
  });
  const [direct, fourier] = timeInterleaved(contenders, rounds).map((t) => t.best) as [number, number];
  const predicted = costs.direct / costs.fourier;
  const taken = predicted > 1 ? fourier : direct;
  return { name, direct, fourier, ratio: direct / fourier, predicted, loss: taken / Math.min(direct, fourier) };
});

console.log(`${"".padEnd(66)} direct ms    fft ms  measured   by rule   auto takes`);
for (const { name, direct, fourier, ratio, predicted, loss } of rows) {
  const numbers = [direct.toFixed(2), fourier.toFixed(2), `${ratio.toFixed(2)}×`, `${predicted.toFixed(2)}×`].map((x) => x.padStart(9));
  const choice = predicted > 1 ? "fft" : "direct";
  console.log(`${name.padEnd(66)} ${numbers.join(" ")}   ${choice}${loss > 1 ? `, ${loss.toFixed(2)}× the time of the other` : ""}`);
}
const right = rows.filter(({ loss }) => loss === 1).length;
const worst = Math.max(...rows.map(({ loss }) => loss));
console.log(`auto took the faster path in ${right} of ${rows.length} cases; at worst it cost ${worst.toFixed(2)}× the faster one`);
