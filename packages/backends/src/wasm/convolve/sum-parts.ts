import { advance, branchIf, type Code, forRange, i32, type Local, loop, sequence, set, tee, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { entry } from "./entry.js";
import type { SumsLayout } from "./gradient-plan.js";
import { nest } from "./loops.js";

/** `parts` matrices of sums, `partBytes` apart. */
export interface Parts {
  readonly sums: SumsLayout;
  readonly taps: number;
  /** Of a tap. */
  readonly channels: number;
  readonly parts: number;
  readonly partBytes: number;
}

/** An entry that writes rows from … to − 1 of θ, of `taps · channels`: the parts added in order, taps turned round. */
export function sumEntry(module: WasmModule, { scalar, vector, bytes, lanes }: Numbers, name: string, layout: Parts): void {
  const { sums, taps, channels, parts, partBytes } = layout;
  const { groups, columns } = sums;
  entry(module, name, ({ out, scratch, from, to }, scope) => {
    const [row, place, source, target, part, left] = [0, 0, 0, 0, 0, 0].map(() => scope.local("i32")) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
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
    const vectors = sums.column === bytes ? Math.floor(columns / lanes) : 0;
    const ones = columns - vectors * lanes;
    const group = sequence(
      vectors > 0 ? nest(scope, [{ count: vectors, steps: [16, 16] }], [source, target], vectorCode) : [],
      advance(source, vectors * 16),
      advance(target, vectors * 16),
      ones > 0 ? nest(scope, [{ count: ones, steps: [sums.column, bytes] }], [source, target], oneCode) : [],
      advance(source, -vectors * 16),
      advance(target, -vectors * 16),
    );
    const tap = i32.sub(taps - 1, i32.divU(row, channels));
    const run = i32.mul(i32.divU(place, sums.run), sums.outer);
    return forRange(
      row,
      from,
      to,
      1,
      sequence(
        set(place, i32.add(i32.mul(tap, channels), i32.remU(row, channels))),
        set(source, i32.add(scratch, i32.add(run, i32.mul(i32.remU(place, sums.run), sums.inner)))),
        set(target, i32.add(out, i32.mul(row, groups * columns * bytes))),
        nest(scope, [{ count: groups, steps: [sums.group, columns * bytes] }], [source, target], group),
      ),
    );
  });
}
