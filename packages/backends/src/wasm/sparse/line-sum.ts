import { advance, branchIf, type Code, i32, type Local, loop, sequence, set, when } from "../encoder/index.js";
import type { MathContext } from "../math/math-context.js";
import type { PackedExamples } from "./packed-examples.js";

/** Addresses of a sparse matrix by lines: of its values, and of the lists of a `SparseOrder`. */
export interface EntryLists {
  readonly values: Local;
  readonly starts: Local;
  readonly places: Local;
  readonly entries: Local | undefined;
}

/** Code that writes Σ_t values[t] · x[place(t)] over the entries of one line to q, for each example of a block whose packed x is at `base`. */
export function lineSum(
  { scope, numbers }: MathContext,
  packed: PackedExamples,
  { values, starts, places, entries }: EntryLists,
  { base, line, q }: { readonly base: Local; readonly line: Local; readonly q: Local },
): Code {
  const { vector, log2Bytes, bytes, madd } = numbers;
  // Few examples give few sums at a time, whose additions would wait for each other.
  const apart = Math.max(1, Math.floor(4 / packed.vectors));
  const sums = Array.from({ length: apart }, () => Array.from({ length: packed.vectors }, () => scope.local("v128")));
  const [t, end, at, value, which, x, splat] = [...Array.from({ length: 6 }, () => scope.local("i32")), scope.local("v128")] as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const one = (k: number): Code =>
    sequence(
      set(x, i32.add(base, i32.mul(i32.load(at, 4 * k), packed.entryBytes))),
      set(
        splat,
        entries ? vector.loadSplat(i32.add(values, i32.shl(i32.load(which, 4 * k), log2Bytes))) : vector.loadSplat(value, k * bytes),
      ),
      ...sums[k]!.map((sum, v) => set(sum, madd(splat, vector.load(x, 16 * v), sum))),
    );
  const move = (k: number): Code =>
    sequence(advance(t, k), advance(at, 4 * k), entries ? advance(which, 4 * k) : advance(value, k * bytes));
  const several = (k: number): Code => {
    const more = i32.leS(i32.add(t, k), end);
    return when(more, loop([...Array.from({ length: k }, (_, u) => one(u)).flat(), ...move(k), ...branchIf(0, more)]));
  };
  const lineStart = i32.add(starts, i32.shl(line, 2));
  return sequence(
    set(t, i32.load(lineStart)),
    set(end, i32.load(lineStart, 4)),
    set(at, i32.add(places, i32.shl(t, 2))),
    entries ? set(which, i32.add(entries, i32.shl(t, 2))) : set(value, i32.add(values, i32.shl(t, log2Bytes))),
    ...sums.flat().map((sum) => set(sum, 0)),
    apart > 1 ? several(apart) : [],
    several(1),
    ...sums[0]!.map((sum, v) =>
      vector.store(
        q,
        sums.slice(1).reduce<Code | Local>((total, other) => vector.add(total, other[v]!), sum),
        16 * v,
      ),
    ),
  );
}
