import { add, mul, ndarray, square, sub, sum, type Value } from "@paramat/core";
import { drawnQuadratic } from "./drawn-quadratic.js";
import type { MinimizerLaw } from "./minimizer-law.js";
import { facts, within } from "./report.js";
import { apart, numbersOf } from "./trajectory.js";

/** On drawn quadratics it converges to the minimizer, as near as the gradient asked for says. */
export const quadraticLaw: MinimizerLaw = {
  name: "finds minimizers of quadratics",
  applies: () => true,
  async check({ minimize, backend, stream, condition, tolerance, maxIterations }) {
    let worst = 0;
    for (const size of [1, 4, 9]) {
      const { f, start, minimizer } = drawnQuadratic(backend, stream, size === 1 ? 1 : condition, size);
      const found = await minimize(f, start, { gradientTolerance: tolerance, maxIterations });
      if (found.status !== "converged")
        return { ok: false, error: found.gradientNorm, detail: `${found.status} in ${size} dimensions: ${found.reason}` };
      // Rounding of x itself comes on top.
      worst = Math.max(worst, apart([numbersOf(found.params)], [minimizer]));
    }
    return within(worst, tolerance + 100 * backend.epsilon, `condition ${condition}, distance`);
  },
};

/** No row of the history is higher than the one before by more than rounding. */
export const monotoneLaw: MinimizerLaw = {
  name: "the value never rises",
  applies: ({ isMonotone }) => isMonotone,
  async check({ minimize, backend, stream, condition }) {
    const { f, start } = drawnQuadratic(backend, stream, condition);
    const rosenbrock = (x: Value) =>
      add(mul(100, square(sub(sum(mul(ndarray(backend, [0, 1]), x)), square(first(x))))), square(sub(1, first(x))));
    const first = (x: Value) => sum(mul(ndarray(backend, [1, 0]), x));
    const runs = [
      await minimize(f, start, { maxIterations: 60 }),
      await minimize(rosenbrock, ndarray(backend, [-1.2, 1]), { maxIterations: 60 }),
    ];
    const rises = runs.flatMap(({ history }) =>
      history.slice(1).map(({ value }, i) => {
        const before = history[i]?.value as number;
        return (value - before) / Math.max(Math.abs(before), Number.MIN_VALUE);
      }),
    );
    return within(Math.max(0, ...rises), 11 * backend.epsilon, `${rises.length} steps, the largest rise`);
  },
};

/** Where ∇f = 0 it stays, and says that it has converged. */
export const stationaryLaw: MinimizerLaw = {
  name: "stays at a stationary point",
  applies: () => true,
  async check({ minimize, backend, stream }) {
    const centre = ndarray(backend, [stream.normal(), stream.normal()]);
    const found = await minimize((x: Value) => sum(square(sub(x, centre))), centre);
    return facts([
      ["the status is converged", found.status === "converged"],
      ["no iteration was made", found.iterations === 0],
      ["the parameters are those of the start", apart([numbersOf(found.params)], [numbersOf(centre)]) === 0],
    ]);
  },
};

/** On f(S·), S a reflection, the values on the way are those on f. */
export const rotationLaw: MinimizerLaw = {
  name: "blind to rotations",
  applies: ({ isRotationInvariant }) => isRotationInvariant,
  async check({ minimize, backend, stream }) {
    let worst = 0;
    for (const condition of [3, 10, 30]) {
      const { f, start, reflected } = drawnQuadratic(backend, stream, condition);
      const few = { maxIterations: 4, gradientTolerance: 0 };
      const plain = await minimize(f, start, few);
      const turned = await minimize(reflected.f, reflected.start, few);
      const rows = [plain, turned].map(({ history }) => history.map(({ value }) => [value]));
      const scale = Math.max(1, Math.abs(plain.history[0]?.value as number));
      worst = Math.max(worst, apart(rows[0] as number[][], rows[1] as number[][]) / scale);
      const seen = apart([reflected.back(numbersOf(plain.params))], [numbersOf(turned.params)]);
      worst = Math.max(worst, seen / scale);
    }
    // A coordinate that is treated otherwise than the rest shows at once; a method may know curvatures by differences, to √ε.
    return within(worst, Math.sqrt(backend.epsilon), "4 iterations on three quadratics");
  },
};
