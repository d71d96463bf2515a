import { add, leaves, mul, ndarray, square, sub, sum, type Tree, type Value } from "@paramat/core";
import { drawnQuadratic } from "./drawn-quadratic.js";
import type { MinimizerLaw } from "./minimizer-law.js";
import { within } from "./report.js";
import { apart, numbersOf } from "./trajectory.js";

const few = { maxIterations: 5, gradientTolerance: 0 };

/** The same bits twice, and two runs at a time go as each by itself. */
export const repeatableLaw: MinimizerLaw = {
  name: "the same bits twice",
  applies: () => true,
  async check({ minimize, backend, stream }) {
    const problems = [drawnQuadratic(backend, stream, 20), drawnQuadratic(backend, stream, 5)] as const;
    const runs = problems.map(
      ({ f, start }) =>
        () =>
          minimize(f, start, { ...few, maxIterations: 15 }),
    );
    const once = [];
    for (const run of runs) once.push(await run());
    const together = await Promise.all(runs.map((run) => run()));
    const error = Math.max(
      ...once.map((found, i) => {
        const again = together[i] as typeof found;
        return Math.max(
          apart([numbersOf(found.params)], [numbersOf(again.params)]),
          apart(
            found.history.map(({ value, gradientNorm, step }) => [value, gradientNorm, step]),
            again.history.map(({ value, gradientNorm, step }) => [value, gradientNorm, step]),
          ),
        );
      }),
    );
    return within(error, 0, "two runs in turn, against each alone");
  },
};

/** Neither how the parameters are cut into leaves nor whether f is compiled makes a difference beyond rounding. */
export const formLaw: MinimizerLaw = {
  name: "blind to the form of the tree",
  applies: () => true,
  async check({ minimize, backend, stream }) {
    const [weight, centre, from] = [[1, 3, 7], [0, 0, 0].map(() => stream.normal()), [0, 0, 0].map(() => stream.normal())];
    const f = (x: Tree): Value => {
      let at = 0;
      return leaves(x)
        .map((leaf) => {
          const [w, c] = [weight, centre].map((list) => ndarray(backend, list.slice(at, at + leaf.size), leaf.shape));
          at += leaf.size;
          return sum(mul(w as Value, square(sub(leaf, c as Value))));
        })
        .reduce((p, q) => add(p, q));
    };
    const [a = 0, b = 0, c = 0] = from;
    const flat = ndarray(backend, from);
    const tree = { a: ndarray(backend, [[a]]), rest: [ndarray(backend, b), { b: ndarray(backend, [c]) }] };
    const plain = numbersOf((await minimize(f, flat, few)).params);
    let worst = 0;
    for (const compile of [true, false]) {
      worst = Math.max(
        worst,
        apart([plain], [numbersOf((await minimize(f, flat, { ...few, compile })).params)]),
        apart([plain], [numbersOf((await minimize(f, tree, { ...few, compile })).params)]),
      );
    }
    return within(worst, 1e5 * backend.epsilon, "one leaf against three, compiled and not");
  },
};
