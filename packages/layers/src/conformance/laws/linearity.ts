import { add, mul, type Value } from "@paramat/core";
import { gapBetween } from "../gap.js";
import { compareAt, type Finding, type Law } from "../law.js";
import { type Numbers, type Point, type ValuesAt, valuesAt } from "../point.js";
import type { Trial } from "../trial.js";
import { applyLinear, gainOf, norm, randomPoint, roundingOf } from "../trial.js";

/** K(θ + θ′)y = K(θ)y + K(θ′)y and K(−2θ)y = −2 K(θ)y, without the fixed part. */
export const linearInTheta: Law = {
  name: "linear in θ",
  check(trial) {
    const { K, draw } = trial;
    const { θ, y } = randomPoint(trial);
    const finding = linear(trial, { θ, "θ′": draw(K.thetaShape), y }, ["θ", "θ′"], inTheta, (at) => applyLinear(K, at.θ, at.y));
    if (finding.verdict === "holds" || !ignoresTheta(trial, y)) return finding;
    return { ...finding, detail: `${finding.detail}; K(θ)y is the same for different θ: θ is not read, or an earlier one is remembered` };
  },
};

/** K(θ)(y + y′) = K(θ)y + K(θ)y′ and K(θ)(−2y) = −2 K(θ)y. */
export const linearInY: Law = {
  name: "linear in y",
  check(trial) {
    const { K, draw, examples } = trial;
    const { θ, y } = randomPoint(trial);
    return linear(trial, { θ, y, "y′": draw([examples, ...K.inShape]) }, ["y", "y′"], inY, (at) => K.apply(at.θ, at.y));
  },
};

const inTheta = ["K(θ + θ′)y = K(θ)y + K(θ′)y", "K(−2θ)y = −2 K(θ)y"] as const;
const inY = ["K(y + y′) = Ky + Ky′", "K(−2y) = −2 Ky"] as const;

function linear<N extends string>(
  trial: Trial,
  point: Point<N | "θ" | "y">,
  [name, other]: readonly [N, N],
  [sum, multiple]: readonly [string, string],
  f: (at: { readonly θ: Value; readonly y: Value }) => Value,
): Finding {
  const limit = roundingOf(point, trial.backend);
  const gain = gainOf(trial);
  type At = ValuesAt<N | "θ" | "y">;
  const at = (values: At, x: Value) => f({ θ: name === "θ" ? x : values.θ, y: name === "y" ? x : values.y });
  const scale = (values: At, fa: Value) => gain * norm(values.θ.toArray()) * norm(values.y.toArray()) + norm(fa.toArray());
  return compareAt<N | "θ" | "y">(trial, point, [
    (values) => {
      const [a, b] = [values[name], values[other]];
      const [fa, fb] = [at(values, a), at(values, b)];
      return gapBetween(sum, add(fa, fb).toArray(), at(values, add(a, b)), {
        scale: scale(values, fa) + norm(fb.toArray()),
        limit,
        isResult: true,
      });
    },
    (values) => {
      const fa = at(values, values[name]);
      return gapBetween(multiple, mul(-2, fa).toArray(), at(values, mul(-2, values[name])), {
        scale: scale(values, fa),
        limit,
        isResult: true,
      });
    },
  ]);
}

function ignoresTheta(trial: Trial, y: Numbers): boolean {
  const { K, backend, draw } = trial;
  const at = (θ: Numbers) => {
    const values = valuesAt({ θ, y }, backend);
    return K.apply(values.θ, values.y).toArray();
  };
  const [one, other] = [at(draw(K.thetaShape)), at(draw(K.thetaShape))];
  return one.every((x, k) => x === other[k]);
}
