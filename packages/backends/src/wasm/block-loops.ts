import { advance, branchIf, type Code, i32, type Local, loop, type Scope, sequence, set, tee } from "./encoder/index.js";

/** One loop of a nest: `size` ≥ 1 indices, `step` of them in a block. */
export interface BlockAxis {
  readonly size: number;
  readonly step: number;
  /** Bytes from one index to the next, for each address. */
  readonly strides: readonly number[];
}

/**
 * Loops over the axes inside each other, outermost first, around a body that takes `counts[a]` indices of each: `step`, or what remains at the end.
 * Addresses move along and are back where they were at the end; the body leaves them as it finds them.
 */
export function blockLoops(
  scope: Scope,
  axes: readonly BlockAxis[],
  addresses: readonly Local[],
  body: (counts: readonly number[]) => Code,
): Code {
  const [axis, ...inner] = axes;
  if (axis === undefined) return body([]);
  const { size, step, strides } = axis;
  const block = (count: number): Code => blockLoops(scope, inner, addresses, (counts) => body([count, ...counts]));
  const move = (indices: number): Code => addresses.flatMap((address, i) => (strides[i] ? advance(address, indices * strides[i]!) : []));
  const [whole, rest] = [Math.floor(size / step), size % step];
  if (whole === 0) return block(rest);
  if (whole === 1 && rest === 0) return block(step);
  return sequence(turns(scope, whole, sequence(block(step), move(step))), rest > 0 ? block(rest) : [], move(-whole * step));
}

/** The body `count` ≥ 1 times. */
export function turns(scope: Scope, count: Local | number, body: Code): Code {
  const left = scope.local("i32");
  return [...set(left, count), ...loop([...body, ...branchIf(0, tee(left, i32.sub(left, 1)))])];
}
