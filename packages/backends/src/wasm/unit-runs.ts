import { block, branchIf, type Code, i32, type Local, loop, type Operand, type Scope, select, sequence, set } from "./encoder/index.js";

/**
 * Units from … to − 1 of a phase lie in rows of `length` ≥ 1: for each row that they touch, in order, `body(row, first, end)` does its
 * places first … end − 1, one at least. The body may change neither row nor `to`.
 */
export function unitRuns(
  { local }: Scope,
  from: Operand,
  to: Local,
  length: number,
  body: (row: Local, first: Local, end: Local) => Code,
): Code {
  const [unit, row, first, end] = [local("i32"), local("i32"), local("i32"), local("i32")];
  return sequence(
    set(unit, from),
    block([
      ...branchIf(0, i32.geS(unit, to)),
      ...loop(
        sequence(
          set(row, i32.divU(unit, length)),
          set(first, i32.sub(unit, i32.mul(row, length))),
          set(end, i32.add(first, i32.sub(to, unit))),
          set(end, select("i32", i32.gtS(end, length), length, end)),
          body(row, first, end),
          set(unit, i32.mul(i32.add(row, 1), length)),
          branchIf(0, i32.ltS(unit, to)),
        ),
      ),
    ]),
  );
}
