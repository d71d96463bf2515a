import { mul, ndarray, sum, type Value } from "@paramat/core";
import { drawnQuadratic } from "./drawn-quadratic.js";
import type { OptimizerLaw } from "./optimizer-law.js";
import { within } from "./report.js";
import { apart, drawnStart, numbersOf, quartic, trajectory } from "./trajectory.js";

/** Where the gradient is 0 and all that decay could shrink too, nothing moves. */
export const stationaryLaw: OptimizerLaw = {
  name: "stays where the gradient is 0",
  applies: () => true,
  check({ fresh, backend }) {
    const rule = fresh();
    const rows = trajectory(() => rule, ndarray(backend, [0, 0]), 5);
    return within(
      apart(
        rows,
        rows.map(() => [0, 0]),
      ),
      0,
      `${rows.length} steps`,
    );
  },
};

/** The first move is along −∇f as far as it is along ∇f at all, and the value falls to a tenth in 400 steps. */
export const descentLaw: OptimizerLaw = {
  name: "goes downhill",
  applies: () => true,
  check({ fresh, backend, stream }) {
    const rule = fresh();
    const start = drawnStart(backend, stream);
    const first = numbersOf(start);
    const rows = trajectory(() => rule, start, 400);
    const moved = rows.find((row) => apart([row], [first]) > 0) ?? first;
    const slope = first.reduce((total, p, i) => total + (p + p ** 3) * ((moved[i] as number) - p), 0);
    const share = quartic(ndarray(backend, rows.at(-1) as number[])).item() / quartic(start).item();
    if (!(slope < 0)) return { ok: false, error: Math.abs(slope), detail: `⟨∇f, first move⟩ is ${slope.toExponential(1)}; it must be < 0` };
    return within(share, 0.1, "of the value left after 400 steps");
  },
};

/** The k-th step goes by the k-th rate: as if a rule with that rate took the state over. */
export const scheduleLaw: OptimizerLaw = {
  name: "follows its schedule",
  applies: ({ followsSchedule }) => followsSchedule,
  check({ make, learningRate, backend, stream }) {
    const schedule = (k: number) => learningRate * [1, 0.25, 0, 0.5, 2, 0.1][k % 6]!;
    const rule = make(schedule);
    const start = drawnStart(backend, stream);
    const scheduled = trajectory(() => rule, start, 9);
    const byHand = trajectory((k) => make(schedule(k)), start, 9);
    const constant = make(learningRate);
    const ignored = apart(
      scheduled,
      trajectory(() => constant, start, 9),
    );
    if (ignored === 0) return { ok: false, error: 1, detail: "a schedule gives what the constant rate gives" };
    return within(apart(scheduled, byHand), 64 * 9 * backend.epsilon, "against a rule for each rate");
  },
};

/** Under a constant gradient every step is as long as the first. */
export const steadyLaw: OptimizerLaw = {
  name: "steady from the first step",
  applies: ({ isSteady }) => isSteady,
  check({ fresh, learningRate, backend, stream }) {
    const rule = fresh();
    const slope = drawnStart(backend, stream);
    const start = drawnStart(backend, stream);
    const rows = trajectory(() => rule, start, 12, { f: (p: Value) => sum(mul(slope, p)) });
    const all = [numbersOf(start), ...rows];
    const moves = rows.map((row, k) => row.map((x, i) => x - (all[k]?.[i] as number)));
    const error = apart(
      moves,
      moves.map(() => moves[0] as number[]),
    );
    return within(error / learningRate, 1e-6, "12 steps against the first, in units of the rate");
  },
};

/** On f(S·), S a reflection, the steps are those on f seen through S. */
export const rotationLaw: OptimizerLaw = {
  name: "blind to rotations",
  applies: ({ isRotationInvariant }) => isRotationInvariant,
  check({ fresh, backend, stream }) {
    const errors = [1, 2, 3].map(() => {
      const { f, start, reflected } = drawnQuadratic(backend, stream, 5);
      const [one, two] = [fresh(), fresh()];
      const plain = trajectory(() => one, start, 10, { f });
      const turned = trajectory(() => two, reflected.start, 10, { f: reflected.f });
      return apart(plain.map(reflected.back), turned);
    });
    return within(Math.max(...errors), 1e4 * backend.epsilon, "10 steps on three quadratics");
  },
};
