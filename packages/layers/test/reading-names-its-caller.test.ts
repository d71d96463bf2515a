import { type Backend, cpu } from "@paramat/backends";
import { BackendError, ndarray } from "@paramat/core";
import { expect, test } from "vitest";
import {
  condition,
  conjugateGradient,
  convolution,
  countCorrect,
  denseMatrix,
  estimateNorm,
  gmres,
  logAbsDet,
  lsqr,
  minres,
  operatorNorm,
  predictedClasses,
  reportMMatrix,
  singularValues,
  solve,
  solveLeastSquares,
  solveShifted,
  spectrum,
  thinSvd,
} from "../src/index.js";
import { toSparse } from "../src/mathjs.js";

const { readSync: _, ...rest } = cpu();
/** As WebGPU is: its numbers come by promise alone. */
const deaf: Backend = { ...rest, name: "deaf" };
const K = denseMatrix([2], [2]);
const theta = ndarray(deaf, [
  [2, 1],
  [1, 3],
]);
const z = ndarray(deaf, [[1, 2]]);
const A = { apply: () => z, applyTranspose: () => z };

test.each<[string, string, () => unknown]>([
  ["solve", "z", () => solve(K, theta, z)],
  ["solveLeastSquares", "z", () => solveLeastSquares(K, theta, z)],
  ["solveShifted", "z", () => solveShifted(K, theta, z, { alpha: 1 })],
  ["conjugateGradient", "z", () => conjugateGradient(A, z)],
  ["minres", "z", () => minres(A, z)],
  ["gmres", "z", () => gmres(A, z)],
  ["lsqr", "z", () => lsqr(A, z)],
  ["estimateNorm", "theta", () => estimateNorm(K, theta)],
  ["operatorNorm", "theta", () => operatorNorm(K, theta)],
  ["condition", "theta", () => condition(K, theta)],
  ["singularValues", "theta", () => singularValues(K, theta)],
  ["spectrum", "theta", () => spectrum(K, theta)],
  ["logAbsDet", "theta", () => logAbsDet(K, theta)],
  ["reportMMatrix", "theta", () => reportMMatrix(K, theta)],
  ["toSparse", "theta", () => toSparse(K, theta)],
  ["thinSvd", "A", () => thinSvd(theta)],
  ["countCorrect", "output", () => countCorrect(z, z)],
  ["predictedClasses", "output", () => predictedClasses(z)],
])("%s on a backend that cannot be read without waiting says that it was that, and how to move %s", (op, name, call) => {
  const remedy = `move ${name} to one that can: \`ndarray(cpu(), await ${name}.read(), ${name}.shape)\``;
  expect(call).toThrow(new BackendError(`${op}: deaf cannot be read without waiting; ${remedy}`));
});

test("the spectrum of what a Fourier transform makes diagonal needs no reading", async () => {
  const C = convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" });
  const stencil = ndarray(deaf, [-1, 2, -1], [3, 1, 1]);
  const [real] = [(await spectrum(C, stencil).read()).subarray(0, 4)];
  expect([...real].sort((a, b) => a - b)).toEqual([0, 2, 2, 4].map((x) => expect.closeTo(x, 12)));
  const shifted = ndarray(deaf, [-1, 3, -1], [3, 1, 1]);
  expect((await logAbsDet(C, shifted).read())[0]).toBeCloseTo(Math.log(1 * 3 * 3 * 5), 12);
});
