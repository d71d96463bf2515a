/**
 * A blurred page of digits made sharp again. The blur K(θ) is known and a convolution, so that a fast transform makes it diagonal, and with it everything
 * that chooses λ: `npx tsx --conditions=paramat-source examples/deblurring.ts [folder for the pictures]`.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  add,
  array,
  concat,
  condition,
  convolution,
  discrepancyPrinciple,
  doublySymmetricConvolution,
  type FilteredProblem,
  generalizedCrossValidation,
  generateDigits,
  gradientPenalty,
  lCurve,
  mul,
  norm,
  normalArray,
  optimalLambda,
  reshape,
  rng,
  slice,
  solve,
  sub,
  transformProblem,
  type Value,
} from "paramat";
import { criterionPlot, imageRow, lCurvePlot } from "paramat/plots";

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), "paramat-"));
mkdirSync(folder, { recursive: true });

// A page of 3 × 3 digits of 64 × 64 pixels, and the n × n pixels in its middle that a camera sees; they cut through the outer digits.
const [size, n] = [64, 128];
const digits = generateDigits({ train: 9, test: 0, size, seed: 4 }).train.images;
const digit = (k: number) => array(digits.subarray(k * size * size, (k + 1) * size * size), [size, size]);
const page = concat([0, 3, 6].map((k) => concat([digit(k), digit(k + 1), digit(k + 2)], { axis: 1 })));
const middle = (whole: Value) => slice(slice(whole, 0, 32, 32 + n), 1, 32, 32 + n);
const sharp = reshape(middle(page), [n, n, 1]);

// The lens: a Gaussian with a deviation of 2 pixels, θ ≥ 0 and Σθ = 1, 13 × 13.
const bell = Array.from({ length: 169 }, (_, at) => Math.exp(-((Math.floor(at / 13) - 6) ** 2 + ((at % 13) - 6) ** 2) / 8));
const total = bell.reduce((a, b) => a + b);
const theta = array(
  bell.map((v) => v / total),
  [13, 13, 1, 1],
);
// The film: noise of 1 % of white.
const deviation = 0.01;
const noisy = (image: Value) => add(image, mul(deviation, normalArray(rng(7), image.backend, image.shape)));
const noiseNorm = deviation * n;

const error = (image: Value) => norm(sub(reshape(image, [n, n, 1]), sharp)).item() / norm(sharp).item();
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

// 1. The image goes on periodically: K(θ) = F* diag(k̂) F, F the Fourier transform.
const K = convolution([n, n, 1], { channels: 1, kernel: 13, boundary: "periodic" });
const blurred = noisy(reshape(K.apply(theta, reshape(sharp, [1, n, n, 1])), [n, n, 1]));

// b = K x + e, so K⁻¹b = x + K⁻¹e: where |k̂| is small, the noise is divided by next to nothing.
const naive = reshape(solve(K, theta, reshape(blurred, [1, n, n, 1])).solution, [n, n, 1]);
console.log(`condition number of K(θ): ${condition(K, theta).item().toExponential(1)}`);
console.log(`‖error‖/‖image‖: blurred ${percent(error(blurred))}, after K(θ)⁻¹ alone ${error(naive).toExponential(1)} times the image`);

// min ½‖K x − b‖² + ½λ‖∇x‖²: x = (KᵀK + λ∇ᵀ∇)⁻¹Kᵀb, in the Fourier domain k̂* b̂/(|k̂|² + λ|l̂|²) for each frequency.
const penalty = gradientPenalty(1, { asImages: [n, n, 1], h: 1, boundary: "periodic" });
const problem = transformProblem(K, theta, blurred, { penalty });
const periodic = choices("periodic image, by FFT", blurred, problem);
const restored = problem.solution(periodic.gcv.lambda);

save(
  "fft",
  await imageRow(shown({ original: sharp, "blurred, 1 % noise": blurred, "λ → 0, clipped": clipped(naive), "λ by GCV": restored }), {
    title: "Known blur",
    width: 900,
  }),
);
save("gcv", await criterionPlot(periodic.gcv, { title: "Deblurring: GCV" }));
save(
  "l-curve",
  await lCurvePlot(periodic.corner, { title: "Deblurring: L-curve", compare: [periodic.gcv, periodic.discrepancy, periodic.optimal] }),
);

// 2. A camera sees a part of the page, and light from beyond the edge is blurred into it. That the page goes on periodically is wrong then, and ripples
// start from the edges. That it goes on as in a mirror is wrong too, but continuous: for a symmetric θ the cosine transform makes K(θ) diagonal.
const around = convolution([3 * size, 3 * size, 1], { channels: 1, kernel: 13 });
const photograph = noisy(reshape(middle(reshape(around.apply(theta, reshape(page, [1, 192, 192, 1])), [192, 192])), [n, n, 1]));
const wrapped = transformProblem(K, theta, photograph, { penalty });
const mirror = doublySymmetricConvolution([n, n, 1], { channels: 1, kernel: 13, boundary: "symmetric" });
// Such a θ is its first quadrant.
const quadrant = slice(slice(theta, 0, 0, 7), 1, 0, 7);
const mirrored = transformProblem(mirror, quadrant, photograph, {
  penalty: gradientPenalty(1, { asImages: [n, n, 1], h: 1, boundary: "symmetric" }),
});
const wrap = choices("part of a page, as if periodic, by FFT", photograph, wrapped);
const reflect = choices("part of a page, as if mirrored, by DCT", photograph, mirrored);
// The error of either guess is no white noise, which GCV takes it for, and the discrepancy principle knows nothing of it: both choose λ too small. The corner
// of the L-curve asks only when ‖∇x‖ begins to grow.
const images = {
  photograph,
  "as if periodic": wrapped.solution(wrap.corner.lambda),
  "as if mirrored": mirrored.solution(reflect.corner.lambda),
};
save("boundaries", await imageRow(shown({ original: sharp, ...images }), { title: "What lies beyond the edge", width: 900 }));
console.log(`pictures: ${folder}`);

assert(error(naive) > 10 * error(blurred), "K(θ)⁻¹ alone makes noise of the noise");
assert(error(restored) < 0.7 * error(blurred), "the restored image is nearer to the original than the blurred one");
assert(error(restored) < 1.1 * periodic.optimal.chosen.criterion, "and GCV nearly as good as the best λ");
assert(error(images["as if mirrored"]) < 0.95 * error(images["as if periodic"]), "a mirror beyond the edge is the better guess");
assert(error(images["as if mirrored"]) < 1.1 * reflect.optimal.chosen.criterion, "and the corner nearly as good as the best λ");

/** λ by every method, printed beside the best one; marked where a method found none, or one that leaves more error than there was. */
function choices(name: string, data: Value, blur: FilteredProblem) {
  const found = {
    corner: lCurve(blur),
    gcv: generalizedCrossValidation(blur),
    discrepancy: discrepancyPrinciple(blur, { noiseNorm }),
    optimal: optimalLambda(blur, sharp, { count: 60 }),
  };
  console.log(`\n${name}\n  method                           λ   ‖error‖/‖image‖`);
  for (const { method, lambda, outcome, reason } of Object.values(found)) {
    const off = error(blur.solution(lambda));
    // What a method cannot say of itself is seen here, where the original is known.
    const flag = outcome !== "found" ? `   ${outcome}: ${reason}` : off > error(data) ? "   worse than no deblurring: λ is too small" : "";
    console.log(`  ${method.padEnd(24)}${lambda.toExponential(2).padStart(10)}${percent(off).padStart(18)}${flag}`);
  }
  return found;
}

/** Grey values that a screen has. */
function clipped(image: Value): Value {
  return array(
    image.toArray().map((v) => Math.min(1, Math.max(0, v))),
    image.shape,
  );
}

function shown(named: Readonly<Record<string, Value>>) {
  return Object.entries(named).map(([label, image]) => ({ label, image: reshape(image, [n, n]) }));
}

function save(picture: string, svg: string): void {
  writeFileSync(join(folder, `deblurring-${picture}.svg`), svg);
}
