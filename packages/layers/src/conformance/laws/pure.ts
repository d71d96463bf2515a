import type { Backend } from "@paramat/backends";
import type { Shape, Value } from "@paramat/core";
import { counterexampleAt } from "../counterexample.js";
import { type Gap, indexOf } from "../gap.js";
import type { Law } from "../law.js";
import { named, type Point, type ValuesAt, valuesAt } from "../point.js";
import { shrink } from "../shrink.js";
import { randomPoint } from "../trial.js";

type Names = "θ" | "y" | "z";

type Run = (at: ValuesAt<Names>) => Value;

/** The contractions write into no input, and give the same bits again: twice in a row, and after a call at other numbers. */
export const pure: Law = {
  name: "no state, inputs unchanged",
  check(trial) {
    const { K, backend } = trial;
    const contractions: readonly [string, readonly Names[], Run][] = [
      ["apply", ["θ", "y"], ({ θ, y }) => K.apply(θ, y)],
      ["applyTranspose", ["θ", "z"], ({ θ, z }) => K.applyTranspose(θ, z)],
      ["jacobianTranspose", ["y", "z"], ({ y, z }) => K.jacobianTranspose(y, z)],
    ];
    const [here, elsewhere] = [randomPoint(trial), randomPoint(trial)];
    for (const [name, inputs, run] of contractions) {
      const breachAt = (point: Point<Names>) =>
        changedInput(name, run, point, backend) ?? changedResult(name, run, point, elsewhere, backend);
      const found = breachAt(here);
      if (!found) continue;
      const small = shrink(here, (point) => breachAt(point)?.claim === found.claim);
      const again = breachAt(small);
      const [point, gap] = again?.claim === found.claim ? [small, again] : [here, found];
      const used = Object.fromEntries(inputs.map((input) => [input, point[input]]));
      return { verdict: "broken", error: found.error, detail: `broken: ${found.claim}`, counterexample: counterexampleAt(used, gap) };
    }
    return { verdict: "holds", error: 0, detail: "the same bits again, also after a call at other θ, y, z" };
  },
};

function changedInput(name: string, run: Run, point: Point<Names>, backend: Backend): Gap | null {
  const at = valuesAt(point, backend);
  run(at);
  for (const [input, { flat, shape }] of named(point)) {
    const found = firstChange(`${name} leaves ${input} as it was`, flat, at[input].toArray(), shape);
    if (found) return found;
  }
  return null;
}

function changedResult(name: string, run: Run, here: Point<Names>, elsewhere: Point<Names>, backend: Backend): Gap | null {
  const at = (point: Point<Names>) => run(valuesAt(point, backend));
  const result = at(here);
  const first = result.toArray();
  const change = (claim: string) => firstChange(claim, first, at(here).toArray(), result.shape);
  const twice = change(`${name} gives the same when run again`);
  if (twice) return twice;
  at(elsewhere);
  return change(`${name} gives the same after a call at other numbers`);
}

function firstChange(claim: string, before: ArrayLike<number>, after: ArrayLike<number>, shape: Shape): Gap | null {
  for (let k = 0; k < before.length; k++) {
    const [expected, found] = [before[k] as number, after[k] as number];
    if (!Object.is(expected, found))
      return { claim, expected, found, index: indexOf(k, shape), error: Math.abs(found - expected), limit: 0 };
  }
  return null;
}
