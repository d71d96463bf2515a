import { type Code, forRange, i32, type Local, type Operand, type Scope, sequence, set, when } from "../encoder/index.js";
import type { Loop } from "./loops.js";

/** Loops cut into units of work: a unit is one turn of each loop before `axis`, `block` turns of `axis` (the last block has `lastBlock`), and all turns of the loops after it. */
export interface Cut {
  readonly before: readonly Loop[];
  readonly axis: Loop;
  readonly after: readonly Loop[];
  readonly block: number;
  readonly blocks: number;
  readonly lastBlock: number;
  readonly units: number;
}

/**
 * Units of about `target` innermost turns each, or fewer so that every thread has as many.
 * @param deepest the last loop that may be cut
 */
export function cutLoops(loops: readonly Loop[], target: number, threads: number, deepest = loops.length - 1): Cut {
  const turns = (part: readonly Loop[]): number => part.reduce((product, { count }) => product * count, 1);
  const enough = Math.min(target, turns(loops) / (2 * threads));
  let at = 0;
  while (at < deepest && turns(loops.slice(at + 1)) > enough) at++;
  const axis = loops[at] ?? { count: 1, steps: [] };
  const before = loops.slice(0, at);
  const after = loops.slice(at + 1);
  const fewest = Math.min(axis.count, Math.ceil((axis.count * turns(after)) / Math.max(1, target)));
  const outer = turns(before);
  // The fewest blocks that give every thread nearly as much.
  let block = Math.ceil(axis.count / fewest);
  for (let blocks = fewest; blocks <= Math.min(axis.count, fewest + 8 * threads); blocks++) {
    const candidate = Math.ceil(axis.count / blocks);
    if (mostTurns(outer, axis.count, candidate, threads) < 0.98 * mostTurns(outer, axis.count, block, threads)) block = candidate;
  }
  const blocks = Math.ceil(axis.count / block);
  return { before, axis, after, block, blocks, lastBlock: axis.count - (blocks - 1) * block, units: outer * blocks };
}

/** How many turns of the cut loop the busiest thread does. */
function mostTurns(outer: number, count: number, block: number, threads: number): number {
  const blocks = Math.ceil(count / block);
  const turnsBefore = (unit: number): number => Math.floor(unit / blocks) * count + (unit % blocks) * block;
  const bounds = Array.from({ length: threads + 1 }, (_, t) => turnsBefore(Math.floor((t * outer * blocks) / threads)));
  return Math.max(...bounds.slice(1).map((bound, t) => bound - bounds[t]!));
}

/**
 * For each unit from … to − 1: `body(isLast, first)`, `first` being the first turn of the cut loop and `isLast` saying whether it is its last block, with every address at the unit's first turn.
 * @param bases where the addresses start
 */
export function forUnits(
  scope: Scope,
  cut: Cut,
  [from, to]: readonly [Operand, Operand],
  addresses: readonly Local[],
  bases: readonly Operand[],
  body: (isLast: boolean, first: Local) => Code,
): Code {
  const [unit, rest, first] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
  const { before, axis, block, blocks } = cut;
  const move = (index: Operand, { steps }: Loop): Code =>
    addresses.flatMap((address, i) => (steps[i] ? set(address, i32.add(address, i32.mul(index, steps[i]!))) : []));
  return forRange(
    unit,
    from,
    to,
    1,
    sequence(
      ...addresses.map((address, i) => set(address, bases[i]!)),
      set(first, i32.mul(i32.remU(unit, blocks), block)),
      set(rest, i32.divU(unit, blocks)),
      move(first, axis),
      ...before.toReversed().flatMap((loop) => [move(i32.remU(rest, loop.count), loop), set(rest, i32.divU(rest, loop.count))]),
      blocks === 1 ? body(true, first) : when(i32.eq(first, (blocks - 1) * block), body(true, first), body(false, first)),
    ),
  );
}
