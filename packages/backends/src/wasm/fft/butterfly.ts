import { rootOfUnity } from "../../cpu/root-of-unity.js";
import { type Code, type Local, type Scope, set } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** Complex numbers in pairs of variables. */
export interface ComplexLocals {
  readonly re: readonly Local[];
  readonly im: readonly Local[];
}

/** Code, and the variables that hold its result afterwards. */
export interface Butterfly extends ComplexLocals {
  readonly code: Code;
}

/** b_k = Σ_j a_j e^{−2πi jk/r} in every lane, for r = the number of variables: 1, 2, 4 or odd. */
export function butterfly(numbers: Numbers, scope: Scope, a: ComplexLocals): Butterfly {
  const pieces: Code[] = [];
  const keep = (code: Code): Local => {
    const variable = scope.local("v128");
    pieces.push(set(variable, code));
    return variable;
  };
  const radix = a.re.length;
  const result = radix === 2 ? two(numbers, keep, a) : radix === 4 ? four(numbers, keep, a) : odd(numbers, keep, a);
  return { code: pieces.flat(), ...result };
}

type Keep = (code: Code) => Local;

function two({ vector }: Numbers, keep: Keep, { re, im }: ComplexLocals): ComplexLocals {
  const both = ([x, y]: readonly Local[]) => [keep(vector.add(x!, y!)), keep(vector.sub(x!, y!))];
  return { re: both(re), im: both(im) };
}

function four(numbers: Numbers, keep: Keep, { re, im }: ComplexLocals): ComplexLocals {
  const { add, sub } = numbers.vector;
  const halves = (x: readonly Local[]) => [
    keep(add(x[0]!, x[2]!)),
    keep(sub(x[0]!, x[2]!)),
    keep(add(x[1]!, x[3]!)),
    keep(sub(x[1]!, x[3]!)),
  ];
  const [sumRe, differenceRe, otherRe, turnedRe] = halves(re) as [Local, Local, Local, Local];
  const [sumIm, differenceIm, otherIm, turnedIm] = halves(im) as [Local, Local, Local, Local];
  // b₁ = d − i·t, b₃ = d + i·t.
  return {
    re: [keep(add(sumRe, otherRe)), keep(add(differenceRe, turnedIm)), keep(sub(sumRe, otherRe)), keep(sub(differenceRe, turnedIm))],
    im: [keep(add(sumIm, otherIm)), keep(sub(differenceIm, turnedRe)), keep(sub(sumIm, otherIm)), keep(add(differenceIm, turnedRe))],
  };
}

/** b_j and b_{r−j} share their cosines and sines: b = c ∓ i·s with c = a₀ + Σ cos(2πjk/r)(a_k + a_{r−k}), s = Σ sin(2πjk/r)(a_k − a_{r−k}). */
function odd(numbers: Numbers, keep: Keep, { re, im }: ComplexLocals): ComplexLocals {
  const { vector, madd } = numbers;
  const radix = re.length;
  const half = (radix - 1) / 2;
  const pairs = (x: readonly Local[], op: (a: Local, b: Local) => Code) =>
    Array.from({ length: half }, (_, k) => keep(op(x[k + 1]!, x[radix - 1 - k]!)));
  const [sumsRe, sumsIm] = [pairs(re, vector.add), pairs(im, vector.add)];
  const [gapsRe, gapsIm] = [pairs(re, vector.sub), pairs(im, vector.sub)];
  const total = (first: Local, rest: readonly Local[]) => keep(rest.reduce<Code | Local>((sum, x) => vector.add(sum, x), first) as Code);
  const out = { re: new Array<Local>(radix), im: new Array<Local>(radix) };
  out.re[0] = half === 0 ? re[0]! : total(re[0]!, sumsRe);
  out.im[0] = half === 0 ? im[0]! : total(im[0]!, sumsIm);
  for (let j = 1; j <= half; j++) {
    const weighted = (start: Local | null, terms: readonly Local[], part: 0 | 1): Local => {
      const sum = terms.reduce<Code | Local | null>((sofar, x, k) => {
        const root = rootOfUnity(j * (k + 1), radix);
        const weight = part === 0 ? root[0] : -root[1];
        return sofar === null ? vector.mul(x, weight) : madd(x, weight, sofar);
      }, start);
      return keep(sum as Code);
    };
    const [cosineRe, cosineIm] = [weighted(re[0]!, sumsRe, 0), weighted(im[0]!, sumsIm, 0)];
    const [sineRe, sineIm] = [weighted(null, gapsRe, 1), weighted(null, gapsIm, 1)];
    out.re[j] = keep(vector.add(cosineRe, sineIm));
    out.im[j] = keep(vector.sub(cosineIm, sineRe));
    out.re[radix - j] = keep(vector.sub(cosineRe, sineIm));
    out.im[radix - j] = keep(vector.add(cosineIm, sineRe));
  }
  return out;
}
