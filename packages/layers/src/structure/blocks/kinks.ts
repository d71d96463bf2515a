import { apply, NotDifferentiableError, type Primitive, type Shape, type Value } from "@paramat/core";

/** Where eigenvalues or singular values have no derivative, though they have values. */
export interface Kinks {
  /** For the message: `singularValues`. */
  readonly op: string;
  /** Positions along the last axis of values that coincide within one block: each alone has a corner, symmetric functions of them have none. */
  readonly groups: readonly (readonly number[])[];
  /** Positions of singular values that are 0, the corner of a modulus. */
  readonly zeros: readonly number[];
}

/**
 * x itself, whose derivative is refused where it does not exist. Backwards, coinciding values with equal cotangents pass (their sum is smooth);
 * forwards any kink is refused.
 * @param x [..., n]
 * @throws NotDifferentiableError when a derivative is asked for at a kink
 */
export function refuseKinks(x: Value, kinks: Kinks): Value {
  return kinks.groups.length + kinks.zeros.length === 0 ? x : apply(guard, [x], kinks);
}

const guard: Primitive<Kinks> = {
  name: "refuseKinks",
  shape: ([x]) => x as Shape,
  forward: (_backend, [x]) => (x as Value).array.buffer,
  jvp: (_inputs, [dx], x, kinks) => (dx ? refuse(x, kinks, kinks.groups[0], kinks.zeros[0]) : null),
  vjp(_inputs, ct, x, kinks) {
    const numbers = Array.from(ct.toArray());
    const n = x.shape.at(-1) as number;
    const at = (i: number) => Array.from({ length: numbers.length / n }, (_, plane) => numbers[plane * n + i] as number);
    // Values that coincide differ by rounding, and so do the cotangents of whatever treats them alike.
    const tolerance = x.backend.epsilon ** (2 / 3) * numbers.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    const same = (a: number, b: number) => at(a).every((v, plane) => Math.abs(v - (at(b)[plane] as number)) <= tolerance);
    const group = kinks.groups.find(([first, ...rest]) => rest.some((i) => !same(first as number, i)));
    const zero = kinks.zeros.find((i) => at(i).some((v) => v !== 0));
    if (group || zero !== undefined) refuse(x, kinks, group, zero);
    return [ct];
  },
};

function refuse(x: Value, { op }: Kinks, group: readonly number[] | undefined, zero: number | undefined): never {
  const numbers = x.toArray();
  const n = x.shape.at(-1) as number;
  const show = (i: number) => {
    const [re, im] = [numbers[i] as number, numbers[n + i]];
    return im === undefined ? `${re}` : `${re} + ${im}i`;
  };
  if (group) {
    throw new NotDifferentiableError(
      `${op}: values ${group.join(", ")} coincide (${show(group[0] as number)}) and each alone has no derivative there; differentiate a function that treats them alike, such as their sum, or move θ`,
    );
  }
  throw new NotDifferentiableError(
    `${op}: value ${zero} is 0 to rounding (${show(zero as number)}), where a modulus has a corner and no derivative; leave it out, or move θ`,
  );
}
