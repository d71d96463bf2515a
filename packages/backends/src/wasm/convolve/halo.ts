import {
  advance,
  branchIf,
  type Code,
  block as codeBlock,
  i32,
  type Local,
  loop,
  memory,
  type Operand,
  type Scope,
  select,
  sequence,
  set,
  tee,
  when,
} from "../encoder/index.js";
import { type Loop, nest } from "./loops.js";

/** A copy of a part of z among zeros: entry x of an axis is z[x − low], and 0 where there is no such entry. */
export interface Halo {
  readonly axes: readonly HaloAxis[];
  readonly size: number;
  /** Whether every unit writes the same places of the copy, so that the zeros around them stay. */
  readonly keepsZeros: boolean;
}

export interface HaloAxis {
  readonly low: number;
  readonly extent: number;
  /** Entries of z. */
  readonly entries: number;
  /** From an entry to the next, in bytes: in z and in the copy. */
  readonly from: number;
  readonly to: number;
}

/** @param axes without `to`; the last axis is followed by `bytes` bytes of channels */
export function haloOf(axes: readonly Omit<HaloAxis, "to">[], bytes: number, keepsZeros: boolean): Halo {
  let size = bytes;
  const placed = axes
    .toReversed()
    .map((axis) => {
      const to = size;
      size *= axis.extent;
      return { ...axis, to };
    })
    .toReversed();
  return { axes: placed, size, keepsZeros };
}

/**
 * Fills the copy for a unit whose first turn of axis `cut` is `first`: entry x of that axis is then z[x + first − low]. Axes before it have one entry.
 * @param from where the unit's z starts, at entry `first` of the cut axis
 */
export function haloCode(scope: Scope, halo: Halo, cut: number, first: Local, from: Operand, to: Operand): Code {
  const [source, target, low, high] = [scope.local("i32"), scope.local("i32"), scope.local("i32"), scope.local("i32")];
  const axis = halo.axes[cut]!;
  const inner = halo.axes.slice(cut + 1);
  // Entries x of the cut axis with 0 ≤ x + first − low < entries.
  const start = i32.sub(axis.low, first);
  const end = i32.sub(axis.entries + axis.low, first);
  return sequence(
    halo.keepsZeros ? [] : memory.fill(to, 0, halo.size),
    set(low, select("i32", i32.gtS(start, 0), start, 0)),
    set(high, select("i32", i32.ltS(end, axis.extent), end, axis.extent)),
    set(source, i32.add(from, i32.mul(i32.sub(low, axis.low), axis.from))),
    set(target, i32.add(to, i32.mul(low, axis.to))),
    inner.length === 0
      ? when(i32.gtS(high, low), memory.copy(target, source, i32.mul(i32.sub(high, low), axis.to)))
      : codeBlock([
          ...branchIf(0, i32.leS(high, low)),
          ...loop([
            ...rows(scope, inner, source, target),
            ...advance(source, axis.from),
            ...advance(target, axis.to),
            ...branchIf(0, i32.ltS(tee(low, i32.add(low, 1)), high)),
          ]),
        ]),
  );
}

/** What has to be done once before the first unit. */
export function haloZeros(halo: Halo, to: Operand): Code {
  return halo.keepsZeros ? memory.fill(to, 0, halo.size) : [];
}

/** Copies the entries of axes that are copied whole. */
function rows(scope: Scope, axes: readonly HaloAxis[], source: Local, target: Local): Code {
  const last = axes.at(-1)!;
  const copied = (axis: HaloAxis): number => Math.min(axis.entries, axis.extent - axis.low);
  const offset = axes.reduce((sum, axis) => sum + axis.low * axis.to, 0);
  const loops: readonly Loop[] = axes.slice(0, -1).map((axis) => ({ count: copied(axis), steps: [axis.from, axis.to] }));
  return nest(scope, loops, [source, target], memory.copy(i32.add(target, offset), source, copied(last) * last.to));
}
