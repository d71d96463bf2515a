import { rng, type Shape, sameShape, showShape, sizeOf } from "@paramat/core";
import type { Law } from "../law.js";
import { valuesAt } from "../point.js";
import { randomPoint } from "../trial.js";

/** The contractions and `init` give what is declared, with several examples, one, and none. */
export const shapes: Law = {
  name: "shapes",
  check(trial) {
    const { K, backend } = trial;
    const wanted = [trial.examples, 1, 0].flatMap((examples) => {
      const { θ, y, z } = valuesAt(randomPoint({ ...trial, examples }), backend);
      const among = `of ${examples} examples`;
      return [
        [`apply ${among}`, () => K.apply(θ, y).shape, [examples, ...K.outShape]],
        [`applyTranspose ${among}`, () => K.applyTranspose(θ, z).shape, [examples, ...K.inShape]],
        [`jacobianTranspose ${among}`, () => K.jacobianTranspose(y, z).shape, K.thetaShape],
      ] as [string, () => Shape, Shape][];
    });
    const init: [string, () => Shape, Shape] = ["init", () => K.init(rng(trial.seed), backend).shape, K.thetaShape];
    const wrong = [...wanted, init].flatMap(([name, find, want]) => {
      const found = shapeOrError(find);
      return found === showShape(want) ? [] : [`${name} gives ${found}, must give ${showShape(want)}`];
    });
    if (!sameShape([K.numParams], [sizeOf(K.thetaShape)]))
      wrong.push(`numParams is ${K.numParams}, θ ${showShape(K.thetaShape)} has ${sizeOf(K.thetaShape)} entries`);
    return {
      verdict: wrong.length > 0 ? "broken" : "holds",
      error: wrong.length,
      detail: wrong.join("; ") || `as declared, with ${trial.examples} examples, 1 and 0`,
    };
  },
};

function shapeOrError(find: () => Shape): string {
  try {
    return showShape(find());
  } catch (error) {
    return `an error (${String(error)})`;
  }
}
