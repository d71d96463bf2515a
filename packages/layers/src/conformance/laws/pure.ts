import type { Value } from "@paramat/core";
import { counterexampleAt } from "../counterexample.js";
import { indexOf } from "../gap.js";
import type { Finding, Law } from "../law.js";
import { named, type Point, type ValuesAt, valuesAt } from "../point.js";
import { randomPoint, type Trial } from "../trial.js";

type Names = "θ" | "y" | "z";

/** The contractions write into no input, and give the same bits again: twice in a row, and after a call at other numbers. */
export const pure: Law = {
  name: "no state, inputs unchanged",
  check(trial) {
    const { K } = trial;
    const contractions: readonly [string, (at: ValuesAt<Names>) => Value][] = [
      ["apply", ({ θ, y }) => K.apply(θ, y)],
      ["applyTranspose", ({ θ, z }) => K.applyTranspose(θ, z)],
      ["jacobianTranspose", ({ y, z }) => K.jacobianTranspose(y, z)],
    ];
    const [here, elsewhere] = [randomPoint(trial), randomPoint(trial)];
    for (const [name, run] of contractions) {
      const broken = unchanged(trial, name, run, here) ?? repeatable(trial, name, run, here, elsewhere);
      if (broken) return broken;
    }
    return { verdict: "holds", error: 0, detail: "the same bits again, also after a call at other θ, y, z" };
  },
};

function unchanged(trial: Trial, name: string, run: (at: ValuesAt<Names>) => Value, here: Point<Names>): Finding | null {
  const at = valuesAt(here, trial.backend);
  run(at);
  for (const [input, { flat, shape }] of named(here)) {
    const now = at[input].toArray();
    const k = flat.findIndex((x, i) => !Object.is(x, now[i]));
    if (k >= 0) return broken(here, `${name} leaves ${input} as it was`, indexOf(k, shape), flat[k] as number, now[k] as number);
  }
  return null;
}

function repeatable(
  trial: Trial,
  name: string,
  run: (at: ValuesAt<Names>) => Value,
  here: Point<Names>,
  elsewhere: Point<Names>,
): Finding | null {
  const at = (point: Point<Names>) => run(valuesAt(point, trial.backend));
  const first = at(here).toArray();
  const compare = (claim: string, again: Value): Finding | null => {
    const now = again.toArray();
    const k = first.findIndex((x, i) => !Object.is(x, now[i]));
    return k < 0 ? null : broken(here, claim, indexOf(k, again.shape), first[k] as number, now[k] as number);
  };
  const twice = compare(`${name} gives the same when run again`, at(here));
  if (twice) return twice;
  at(elsewhere);
  return compare(`${name} gives the same after a call at other numbers`, at(here));
}

function broken(point: Point<Names>, claim: string, index: readonly number[], expected: number, found: number): Finding {
  const gap = { claim, index, expected, found, error: Math.abs(found - expected), limit: 0 };
  return { verdict: "broken", error: gap.error, detail: `broken: ${claim}`, counterexample: counterexampleAt(point, gap) };
}
