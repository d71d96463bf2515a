import type { Numbers } from "../numbers.js";

/** A number as the nearest one of a precision and what that lacks. */
export interface TwoPartConstant {
  readonly high: number;
  readonly low: number;
}

/** π/2. */
export function halfPi({ precision }: Numbers): TwoPartConstant {
  return split(precision === "float32", 1.5707963267948966, 6.123233995736766e-17);
}

/** π/4, and 3π/4. */
export function eighths({ precision }: Numbers): { readonly one: TwoPartConstant; readonly three: TwoPartConstant } {
  const isSingle = precision === "float32";
  return {
    one: split(isSingle, 0.7853981633974483, 3.061616997868383e-17),
    three: split(isSingle, 2.356194490192345, 9.184850993605148e-17),
  };
}

function split(isSingle: boolean, high: number, low: number): TwoPartConstant {
  return isSingle ? { high: Math.fround(high), low: high - Math.fround(high) } : { high, low };
}
