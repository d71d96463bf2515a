import { type Code, f64x2, forRange, i32, i64, type Local, memory, type Scope, sequence, v128 } from "./encoder/index.js";
import type { Numbers } from "./numbers.js";

/** to[i] = from[i] for i < length, where the two do not overlap; addresses of numbers. */
export function copyRun(numbers: Numbers, to: Local, from: Local, length: number): Code {
  const bytes = length * numbers.bytes;
  if (bytes > LONG) return memory.copy(to, from, bytes);
  return pieces(bytes).flatMap(({ at, size }) =>
    size === 16
      ? v128.store(to, v128.load(from, at), at)
      : size === 8
        ? i64.store(to, i64.load(from, at), at)
        : i32.store(to, i32.load(from, at), at),
  );
}

/** to[i] = 0 for i < length. */
export function zeroRun(numbers: Numbers, to: Local, length: number): Code {
  const bytes = length * numbers.bytes;
  if (bytes > LONG) return memory.fill(to, 0, bytes);
  return pieces(bytes).flatMap(({ at, size }) =>
    size === 16 ? f64x2.store(to, f64x2.splat(0), at) : size === 8 ? i64.store(to, 0, at) : i32.store(to, 0, at),
  );
}

/** to[i] += from[i] for i < length, where the two do not overlap. */
export function addRun({ vector, scalar, lanes, bytes }: Numbers, { local }: Scope, to: Local, from: Local, length: number): Code {
  const whole = length - (length % lanes);
  const long = whole * bytes > LONG;
  const i = local("i32");
  const vectors = long
    ? forRange(
        i,
        0,
        whole * bytes,
        16,
        vector.store(i32.add(to, i), vector.add(vector.load(i32.add(to, i)), vector.load(i32.add(from, i)))),
      )
    : places(whole, lanes).flatMap((k) =>
        vector.store(to, vector.add(vector.load(to, k * bytes), vector.load(from, k * bytes)), k * bytes),
      );
  const rest = places(length - whole, 1).flatMap((k) => {
    const at = (whole + k) * bytes;
    return scalar.store(to, scalar.add(scalar.load(to, at), scalar.load(from, at)), at);
  });
  return sequence(vectors, rest);
}

/** Runs of more bytes are not written out: copying and filling have an instruction, whose call costs about 30 cycles. */
const LONG = 512;

/** A run in vectors; the last overlaps the one before, and what is shorter than a vector is cut into eights and fours. */
function pieces(bytes: number): { readonly at: number; readonly size: number }[] {
  if (bytes >= 16) {
    const whole = places(bytes - (bytes % 16), 16).map((at) => ({ at, size: 16 }));
    return bytes % 16 === 0 ? whole : [...whole, { at: bytes - 16, size: 16 }];
  }
  const eights = places(bytes - (bytes % 8), 8).map((at) => ({ at, size: 8 }));
  return bytes % 8 === 0 ? eights : [...eights, { at: bytes - 4, size: 4 }];
}

function places(end: number, step: number): number[] {
  return Array.from({ length: end / step }, (_, k) => k * step);
}
