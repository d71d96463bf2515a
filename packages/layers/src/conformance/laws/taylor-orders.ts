import { mul, square, sum, type Value } from "@paramat/core";
import { secondOrderTest, type TaylorRow, taylorTest } from "@paramat/core/check";
import type { Law } from "../law.js";
import { valuesAt } from "../point.js";
import { randomPoint, type Trial } from "../trial.js";

/** The steps that are shown: long enough to be above rounding, short enough for the orders to show. */
const SHOWN = { from: 4, to: 9 };

/** The remainders of ½‖K(θ)y‖² after 0, 1 and 2 terms vanish like h, h² and h³, along a random direction in (θ, y). */
export const taylorOrders: Law = {
  name: "Taylor orders",
  check(trial) {
    const { verdict, orders, rows } = taylorTest(energy(trial), at(trial), { seed: trial.seed });
    const seen = orders.map((order) => (order === null ? "exact" : order.toFixed(2))).join(", ");
    const holds = verdict === "ok";
    return {
      verdict: holds ? "holds" : "broken",
      error: holds ? 0 : 1,
      detail: `${holds ? "" : "broken: "}${seen}; must be 1, 2, 3, of ½‖K(θ)y‖²`,
      table: tableOf(rows),
    };
  },
};

/** H v of ½‖K(θ)y‖² in three modes and by differences of gradients; H = Hᵀ. */
export const secondOrder: Law = {
  name: "second order",
  check(trial) {
    const result = secondOrderTest(energy(trial), at(trial), { seed: trial.seed });
    const holds = result.verdict === "ok";
    const detail = holds ? "H v of ½‖K(θ)y‖² in 3 modes and by differences; H = Hᵀ" : `broken: ${result.summary}`;
    return { verdict: holds ? "holds" : "broken", error: holds ? 0 : 1, detail, ...(holds ? {} : { table: String(result).split("\n") }) };
  },
};

type Inputs = { readonly theta: Value; readonly y: Value };

function energy({ K }: Trial) {
  return ({ theta, y }: Inputs): Value => mul(0.5, sum(square(K.apply(theta, y))));
}

function at(trial: Trial): Inputs {
  const { θ, y } = randomPoint(trial);
  const values = valuesAt({ θ, y }, trial.backend);
  return { theta: values.θ, y: values.y };
}

function tableOf(rows: readonly TaylorRow[]): string[] {
  const cell = (text: string) => text.padStart(10);
  const head = ["h", "1 term", "order", "2 terms", "order", "3 terms", "order"];
  const body = rows.slice(SHOWN.from, SHOWN.to).map(({ h, remainders }, i) => [
    h === 1 ? "1" : `1/${1 / h}`,
    ...remainders.flatMap((R, k) => {
      const order = Math.log2((rows[SHOWN.from + i - 1]?.remainders[k] ?? Number.NaN) / R);
      return [R.toExponential(2), Number.isFinite(order) ? order.toFixed(2) : "–"];
    }),
  ]);
  return [head, ...body].map((row) => row.map(cell).join(""));
}
