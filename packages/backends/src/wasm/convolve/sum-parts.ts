import { advance, branchIf, type Code, forRange, i32, type Local, loop, sequence, set, tee, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { nest } from "./loops.js";

/** Matrices of `taps · channels` rows, taps in reverse order, each row with the columns of all groups, padded to `groupWidth` bytes. */
export interface PartsLayout {
  readonly taps: number;
  readonly channels: number;
  readonly groups: number;
  readonly columns: number;
  readonly groupWidth: number;
  /** How many matrices there are, `partBytes` apart. */
  readonly parts: number;
  readonly partBytes: number;
}

/** An entry that writes rows from … to − 1 of the result: the sum of the parts in order, taps turned round and padding left out. */
export function sumEntry(module: WasmModule, { scalar, vector, bytes, lanes }: Numbers, name: string, layout: PartsLayout): void {
  const { taps, channels, groups, columns, groupWidth, parts, partBytes } = layout;
  module.entry(name, 8, (params, scope) => {
    const [, , out, , scratch, , from, to] = params as Params;
    const [row, source, target, part, left] = [0, 0, 0, 0, 0].map(() => scope.local("i32")) as [Local, Local, Local, Local, Local];
    const [vectorSum, sum] = [scope.local("v128"), scope.local(bytes === 4 ? "f32" : "f64")];
    const addUp = (first: Code, next: Code): Code =>
      sequence(
        first,
        set(part, source),
        set(left, parts - 1),
        parts > 1 ? loop([...advance(part, partBytes), ...next, ...branchIf(0, tee(left, i32.sub(left, 1)))]) : [],
      );
    const vectorCode = sequence(
      addUp(set(vectorSum, vector.load(source)), set(vectorSum, vector.add(vectorSum, vector.load(part)))),
      vector.store(target, vectorSum),
    );
    const oneCode = sequence(addUp(set(sum, scalar.load(source)), set(sum, scalar.add(sum, scalar.load(part)))), scalar.store(target, sum));
    const [vectors, ones] = [Math.floor(columns / lanes), columns % lanes];
    const group = sequence(
      vectors > 0 ? nest(scope, [{ count: vectors, steps: [16, 16] }], [source, target], vectorCode) : [],
      advance(source, vectors * 16),
      advance(target, vectors * 16),
      ones > 0 ? nest(scope, [{ count: ones, steps: [bytes, bytes] }], [source, target], oneCode) : [],
      advance(source, -vectors * 16),
      advance(target, -vectors * 16),
    );
    const tap = i32.sub(taps - 1, i32.divU(row, channels));
    const place = i32.add(i32.mul(tap, channels), i32.remU(row, channels));
    return forRange(
      row,
      from,
      to,
      1,
      sequence(
        set(source, i32.add(scratch, i32.mul(place, groups * groupWidth))),
        set(target, i32.add(out, i32.mul(row, groups * columns * bytes))),
        nest(scope, [{ count: groups, steps: [groupWidth, columns * bytes] }], [source, target], group),
      ),
    );
  });
}

type Params = readonly [Local, Local, Local, Local, Local, Local, Local, Local];
