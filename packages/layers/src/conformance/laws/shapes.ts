import { rng, type Shape, showShape, sizeOf } from "@paramat/core";
import type { Finding, Law } from "../law.js";
import { valuesAt } from "../point.js";
import { randomPoint, type Trial } from "../trial.js";

/** The contractions and `init` give what is declared, with several examples, one, and none. */
export const shapes: Law = {
  name: "shapes",
  check(trial) {
    const { K, backend, examples, seed } = trial;
    const usual = wrongContractions(trial);
    if (usual.length > 0) return { ...finding(usual), stops: true };
    const p = sizeOf(K.thetaShape);
    const others = [
      ...wrongContractions({ ...trial, examples: 1 }),
      ...wrongContractions({ ...trial, examples: 0 }),
      ...wrong("init", () => K.init(rng(seed), backend).shape, K.thetaShape),
      ...(K.numParams === p ? [] : [`numParams is ${K.numParams}, θ ${showShape(K.thetaShape)} has ${p} entries`]),
    ];
    if (others.length > 0) return finding(others);
    return { verdict: "holds", error: 0, detail: `as declared, with ${examples} examples, 1 and 0` };
  },
};

function finding([first, ...rest]: readonly string[]): Finding {
  return { verdict: "broken", error: 1 + rest.length, detail: `broken: ${first}`, table: rest };
}

function wrongContractions(trial: Trial): string[] {
  const { K, backend, examples } = trial;
  const { θ, y, z } = valuesAt(randomPoint(trial), backend);
  const count = examples === 1 ? "1 example" : `${examples} examples`;
  return [
    ...wrong(`apply of ${count}`, () => K.apply(θ, y).shape, [examples, ...K.outShape]),
    ...wrong(`applyTranspose of ${count}`, () => K.applyTranspose(θ, z).shape, [examples, ...K.inShape]),
    ...wrong(`jacobianTranspose of ${count}`, () => K.jacobianTranspose(y, z).shape, K.thetaShape),
  ];
}

function wrong(name: string, find: () => Shape, want: Shape): string[] {
  try {
    const found = find();
    return showShape(found) === showShape(want) ? [] : [`${name} gives ${showShape(found)}, must give ${showShape(want)}`];
  } catch (error) {
    return [`${name} throws ${String(error)}; must give ${showShape(want)}`];
  }
}
