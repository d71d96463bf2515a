/**
 * Deblurring with an unknown kernel: two photographs of one scene, shaken in two ways, give the scene and both kernels:
 * `npx tsx --conditions=paramat-source examples/blind-deblurring.ts [folder for the pictures]`.
 *
 * From one photograph b the kernel cannot be had by least squares: that nothing was blurred, and b is the scene, explains b perfectly. From two it can.
 * Kernels θ₁ * c and θ₂ * c, with c taken out of the scene, would do as well; but nothing else would, unless θ₁ and θ₂ have a factor in common, and kernels
 * that fill their 7 × 7 leave no room for any c, not even for a shift. So what makes it work is the second photograph and the size of the kernels; θ ≥ 0
 * and Σθ = 1 fix the scale. And φ below is not convex: several starts, and the least φ counts.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  add,
  array,
  complexFromReal,
  complexMul,
  concat,
  conj,
  convolution,
  div,
  fft,
  generalizedCrossValidation,
  generateDigits,
  gradientPenalty,
  lbfgs,
  mul,
  norm,
  normalArray,
  type Outcome,
  realPart,
  reshape,
  rng,
  slice,
  softmax,
  spectrum,
  square,
  sub,
  sum,
  transformProblem,
  type Value,
} from "paramat";
import { imageRow, minimizersPlot } from "paramat/plots";

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), "paramat-"));
mkdirSync(folder, { recursive: true });

// The scene: four digits, n × n pixels.
const [half, n, w] = [32, 64, 7];
const digits = generateDigits({ train: 4, test: 0, size: half, seed: 4 }).train.images;
const digit = (k: number) => array(digits.subarray(k * half * half, (k + 1) * half * half), [half, half]);
const scene = concat([concat([digit(0), digit(1)], { axis: 1 }), concat([digit(2), digit(3)], { axis: 1 })]);

// How the camera moved: where light of one point falls, for how long. Nobody is told.
const first = kernel(`
  1......
  .2.....
  .2.....
  ..34...
  ....3..
  .....2.
  ......1`);
const second = kernel(`
  .....11
  ....1..
  ....2..
  ...4...
  ..3....
  .2.....
  2......`);

// A convolution with one channel in and two out is a camera that takes two photographs; noise of 1 % of white.
const camera = convolution([n, n, 1], { channels: 2, kernel: w, boundary: "periodic" });
const pair = (one: Value, two: Value) => concat([one, two], { axis: 3 });
const exposed = camera.apply(pair(first, second), reshape(scene, [1, n, n, 1]));
const deviation = 0.01;
const photographs = reshape(add(exposed, mul(deviation, normalArray(rng(1), scene.backend, exposed.shape))), [n, n, 2]);
const photograph = (i: number) => reshape(slice(photographs, 2, i, i + 1), [n, n]);

// 1. φ(θ) = min over x of ½Σᵢ‖K(θᵢ)x − bᵢ‖² + ½λ‖∇x‖². In the Fourier domain x̂ = Σᵢ k̂ᵢ* b̂ᵢ/(Σᵢ|k̂ᵢ|² + λ|l̂|²), and
// φ = ½Σᵢ‖b̂ᵢ‖² − ½Σ |Σᵢ k̂ᵢ* b̂ᵢ|²/(Σᵢ|k̂ᵢ|² + λ|l̂|²), the outer sum over frequencies: x is gone, and θ is left. λ is the square of noise over slopes,
// 0.01 to some 0.3 from pixel to pixel.
const lambda = 1e-3;
const K = convolution([n, n, 1], { channels: 1, kernel: w, boundary: "periodic" });
const transformed = (image: Value) => reshape(mul(1 / n, fft(complexFromReal(image))), [2, n * n]);
const data = [0, 1].map((i) => transformed(photograph(i)));
// |l̂|², the eigenvalues of ∇ᵀ∇.
const minusLaplacian = array([0, -1, 0, -1, 4, -1, 0, -1, 0], [3, 3, 1, 1]);
const roughness = realPart(spectrum(convolution([n, n, 1], { channels: 1, kernel: 3, boundary: "periodic" }), minusLaplacian));

function phi(thetas: readonly Value[]): Value {
  const responses = thetas.map((theta) => spectrum(K, theta)); // k̂ᵢ
  const energy = data.slice(0, thetas.length).map((b) => sum(square(b)));
  const explained = total(responses.map((k, i) => complexMul(conj(k), data[i] as Value)));
  const seen = add(total(responses.map(modulusSquare)), mul(lambda, roughness));
  return mul(0.5, sub(total(energy), sum(div(modulusSquare(explained), seen))));
}

const still = kernel(`
  .......
  .......
  .......
  ...1...
  .......
  .......
  .......`);
const from = (thetas: readonly Value[]) => phi(thetas).item().toFixed(3);
console.log(`one photograph:  φ of no blur ${from([still])}, of the true kernel ${from([first])}: it would rather not be blurred`);
console.log(`two photographs: φ of no blur ${from([still, still])}, of the true kernels ${from([first, second])}`);
assert(phi([still]).item() < phi([first]).item() && phi([still, still]).item() > phi([first, second]).item());

// 2. θ = softmax(v) is ≥ 0 and sums to 1 whatever v is, so that L-BFGS goes about freely; ∇φ comes by differentiation, through the eigenvalues of K(θ).
const theta = (v: Value) => reshape(softmax(reshape(v, [1, w * w])), [w, w, 1, 1]);
const spot = (width: number) =>
  array(
    Float64Array.from({ length: w * w }, (_, at) => -(((Math.floor(at / w) - 3) ** 2 + ((at % w) - 3) ** 2) / (2 * width ** 2))),
    [w, w],
  );
const runs: Outcome<readonly Value[]>[] = [];
const widths = [2, 3];
for (const width of widths) {
  const start = [spot(width), spot(width)];
  const run = await lbfgs((v: readonly Value[]) => phi(v.map(theta)), start, { gradientTolerance: 1e-4, maxIterations: 300 });
  runs.push(run);
  console.log(
    `from round spots of width ${width} pixels: φ = ${from(start.map(theta))} → ${run.value.toFixed(3)}, ${run.status} after ${run.iterations} iterations`,
  );
}
const best = runs.reduce((least, run) => (run.value < least.value ? run : least));
const [one, two] = best.params.map(theta) as [Value, Value];
const off = (found: Value, truth: Value) => norm(sub(found, truth)).item() / norm(truth).item();
console.log(
  `‖θ − true θ‖/‖true θ‖: ${percent(off(one, first))} and ${percent(off(two, second))}; the round spot's ${percent(off(theta(spot(2)), first))}\n`,
);

// 3. With the kernels known, it is deblurring with a known kernel, from both photographs at once: λ by GCV.
const penalty = gradientPenalty(1, { asImages: [n, n, 1], h: 1, boundary: "periodic" });
const restored = (thetas: Value) => {
  const problem = transformProblem(camera, thetas, photographs, { penalty });
  return reshape(problem.solution(generalizedCrossValidation(problem).lambda), [n, n]);
};
const image = restored(pair(one, two));
const errors = {
  "first photograph": off(photograph(0), scene),
  "second photograph": off(photograph(1), scene),
  "restored, kernels found": off(image, scene),
  "restored, true kernels": off(restored(pair(first, second)), scene),
};
for (const [name, share] of Object.entries(errors)) console.log(`‖error‖/‖scene‖, ${name.padEnd(24)}${percent(share).padStart(8)}`);

const pictures = { scene, "first photograph": photograph(0), "second photograph": photograph(1), restored: image };
const kernels = { "true first": first, "found first": one, "true second": second, "found second": two };
save("images", await imageRow(shown(pictures), { title: "Two photographs, kernels unknown", width: 900 }));
save("kernels", await imageRow(shown(kernels), { title: "Kernels", width: 900 }));
const named = runs.map(({ history }, i) => ({ method: `start of width ${widths[i]}`, history }));
save("runs", await minimizersPlot(named, { title: "φ from two starts" }));
console.log(`pictures: ${folder}`);

// φ is what it says: at the minimizer x.
const x = transformProblem(camera, pair(one, two), photographs, { penalty }).solution(lambda);
const misfit = sub(reshape(camera.apply(pair(one, two), reshape(x, [1, n, n, 1])), [n, n, 2]), photographs);
const whole = 0.5 * sum(square(misfit)).item() + lambda * penalty(x).item();
assert(Math.abs(whole - best.value) < 1e-9 * whole);
assert(off(one, first) < 0.1 && off(two, second) < 0.1, "both kernels are found");
assert(errors["restored, kernels found"] < 0.3 * errors["first photograph"], "and the image is nearer to the scene");
assert(errors["restored, kernels found"] < 1.2 * errors["restored, true kernels"], "nearly as near as with the true kernels");

/** A stencil drawn as a picture, a digit for each weight, divided by their sum. */
function kernel(picture: string): Value {
  const weights = [...picture.replace(/\s/g, "")].map((mark) => (mark === "." ? 0 : Number(mark)));
  const whole = weights.reduce((a, b) => a + b);
  return array(
    weights.map((weight) => weight / whole),
    [w, w, 1, 1],
  );
}

/** |z|² of [2, frequencies]. */
function modulusSquare(z: Value): Value {
  return sum(square(z), { axes: [0] });
}

function total(values: readonly Value[]): Value {
  return values.reduce((a, b) => add(a, b));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function shown(named: Readonly<Record<string, Value>>) {
  return Object.entries(named).map(([label, picture]) => ({ label, image: reshape(picture, picture.shape.slice(0, 2)) }));
}

function save(picture: string, svg: string): void {
  writeFileSync(join(folder, `blind-deblurring-${picture}.svg`), svg);
}
