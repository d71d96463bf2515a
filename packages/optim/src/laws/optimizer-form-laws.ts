import { grad, leaves, ndarray, rebuild, ShapeError } from "@paramat/core";
import type { OptimizerLaw } from "./optimizer-law.js";
import { facts, within } from "./report.js";
import { apart, drawnStart, numbersOf, quartic, trajectory } from "./trajectory.js";

const steps = 7;

/** Steps are functions of their arguments: the same bits twice, and arguments stay as they are. */
export const pureLaw: OptimizerLaw = {
  name: "the same bits twice",
  applies: () => true,
  check({ fresh, backend, stream }) {
    const params = drawnStart(backend, stream);
    const before = numbersOf(params);
    const rule = fresh();
    const [one, two, other] = [rule, rule, fresh()].map((r) => trajectory(() => r, params, steps));
    const error = Math.max(apart(one as number[][], two as number[][]), apart(one as number[][], other as number[][]));
    const changed = apart([before], [numbersOf(params)]);
    return within(error + changed, 0, `${steps} steps again, and arguments as they were`);
  },
};

/** Two runs of one rule, step by step in turn, go as each by itself: all that a rule remembers is in the state. */
export const unsharedLaw: OptimizerLaw = {
  name: "runs share nothing",
  applies: () => true,
  check({ fresh, backend, stream }) {
    const starts = [drawnStart(backend, stream), drawnStart(backend, stream, 3)];
    const alone = starts.map((params) => {
      const own = fresh();
      return trajectory(() => own, params, steps);
    });
    const shared = fresh();
    const at = starts.map((params) => ({ params, state: shared.init(params) }));
    const together: number[][][] = [[], []];
    for (let k = 0; k < steps; k++) {
      at.forEach((run, i) => {
        at[i] = shared.step(run.params, grad(quartic)(run.params), run.state);
        (together[i] as number[][]).push(numbersOf((at[i] as typeof run).params));
      });
    }
    const error = Math.max(...alone.map((run, i) => apart(run, together[i] as number[][])));
    return within(error, 0, "two runs in turn");
  },
};

/** Leaves that are cut or named otherwise get the same numbers. */
export const formLaw: OptimizerLaw = {
  name: "blind to the form of the tree",
  applies: ({ isBlindToForm }) => isBlindToForm,
  check({ fresh, backend, stream }) {
    const flat = drawnStart(backend, stream);
    const [a = 0, b = 0, c = 0, d = 0] = flat.toArray();
    const tree = { x: ndarray(backend, [[a, b]]), rest: [ndarray(backend, c), { y: ndarray(backend, [d]) }] };
    const [one, two] = [fresh(), fresh()];
    const error = apart(
      trajectory(() => one, flat, steps),
      trajectory(() => two, tree, steps),
    );
    return within(error, 64 * steps * backend.epsilon, "one leaf against three");
  },
};

/** The compiled step goes as the plain one. */
export const compiledLaw: OptimizerLaw = {
  name: "compiled = as it is",
  applies: () => true,
  check({ fresh, backend, stream }) {
    const params = { p: drawnStart(backend, stream) };
    const [one, two] = [fresh(), fresh()];
    const error = apart(
      trajectory(() => one, params, steps),
      trajectory(() => two, params, steps, { isCompiled: true }),
    );
    return within(error, 64 * steps * backend.epsilon, `${steps} steps`);
  },
};

/** A state is numbers: one rebuilt from them, as a checkpoint does, goes on alike. */
export const stateLaw: OptimizerLaw = {
  name: "the state can be rebuilt",
  applies: () => true,
  check({ fresh, backend, stream }) {
    const rule = fresh();
    const params = drawnStart(backend, stream);
    const { params: next, state } = rule.step(params, grad(quartic)(params), rule.init(params));
    const copy = rebuild(
      state,
      leaves(state).map((x) => ndarray(backend, x.toArray(), x.shape)),
    );
    const [a, b] = [rule.step(next, grad(quartic)(next), state), fresh().step(next, grad(quartic)(next), copy)];
    return within(apart([numbersOf(a.params), numbersOf(a.state)], [numbersOf(b.params), numbersOf(b.state)]), 0, "the step after");
  },
};

/** Calls that are wrong are refused: a gradient of another form, a tree without leaves. */
export const refusalLaw: OptimizerLaw = {
  name: "wrong calls are refused",
  applies: () => true,
  check({ fresh, backend }) {
    const rule = fresh();
    const params = { a: ndarray(backend, [1, 2]) };
    const state = rule.init(params);
    return facts([
      ["a gradient of another shape is a ShapeError", refuses(() => rule.step(params, { a: ndarray(backend, [1]) }, state), ShapeError)],
      ["a tree without leaves is a TypeError", refuses(() => rule.init({}), TypeError)],
    ]);
  },
};

function refuses(call: () => unknown, kind: new (...args: never[]) => Error): boolean {
  try {
    call();
    return false;
  } catch (error) {
    return error instanceof kind;
  }
}
