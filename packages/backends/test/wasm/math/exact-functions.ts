import type { Decimal } from "decimal.js";
import { Exact } from "./vector-function.js";

/** eˣ − 1 without cancellation. */
export function exactExpm1(x: Decimal): Decimal {
  return x.abs().lt(0.001) ? series(x, (term, k) => term.times(x).div(k + 1)) : x.exp().minus(1);
}

/** log(1 + x) without cancellation: 2·atanh(x/(2 + x)). */
export function exactLog1p(x: Decimal): Decimal {
  if (x.abs().gte(0.001)) return x.plus(1).ln();
  const s = x.div(x.plus(2));
  return series(s.times(2), (term, k) =>
    term
      .times(s)
      .times(s)
      .times(2 * k - 1)
      .div(2 * k + 1),
  );
}

export function exactSinh(x: Decimal): Decimal {
  return exactExpm1(x).minus(exactExpm1(x.neg())).div(2);
}

export function exactCosh(x: Decimal): Decimal {
  return x.exp().plus(x.neg().exp()).div(2);
}

export function exactTanh(x: Decimal): Decimal {
  const t = exactExpm1(x.times(-2));
  return t.neg().div(t.plus(2));
}

export function exactSigmoid(x: Decimal): Decimal {
  return new Exact(1).div(x.neg().exp().plus(1));
}

export function exactSoftplus(x: Decimal): Decimal {
  return exactLog1p(x.exp());
}

/** Σ of terms, the first of them given, each found from the one before it; 15 terms. */
function series(first: Decimal, next: (term: Decimal, k: number) => Decimal): Decimal {
  let [term, sum] = [first, first];
  for (let k = 1; k < 15; k++) {
    term = next(term, k);
    sum = sum.plus(term);
  }
  return sum;
}
