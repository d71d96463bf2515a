import { advance, branchIf, type Code, i32, type Local, loop, type Scope, sequence, set, tee } from "../encoder/index.js";

/** Turns of a loop, and how far each of some addresses moves from one turn to the next, in bytes. */
export interface Loop {
  readonly count: number;
  readonly steps: readonly number[];
}

/** The same addresses in the same order with as few loops as possible: loops of one turn vanish, and two in which the outer continues the inner become one. */
export function mergedLoops(loops: readonly Loop[]): readonly Loop[] {
  const merged: Loop[] = [];
  for (const inner of loops.filter(({ count }) => count !== 1)) {
    const outer = merged.at(-1);
    if (outer?.steps.every((step, i) => step === inner.count * inner.steps[i]!)) {
      merged[merged.length - 1] = { count: outer.count * inner.count, steps: inner.steps };
    } else {
      merged.push(inner);
    }
  }
  return merged;
}

/** Loops around `body`, the first outermost, none of 0 turns; `addresses` move by the loops' steps and are afterwards what they were before. */
export function nest({ local }: Pick<Scope, "local">, loops: readonly Loop[], addresses: readonly Local[], body: Code): Code {
  return mergedLoops(loops).reduceRight<Code>((inside, { count, steps }) => {
    const left = local("i32");
    const move = (turns: number): Code => addresses.flatMap((address, i) => (steps[i] ? advance(address, turns * steps[i]!) : []));
    return sequence(set(left, count), loop(sequence(inside, move(1), branchIf(0, tee(left, i32.sub(left, 1))))), move(-count));
  }, body);
}
