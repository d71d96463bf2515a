import type { Buffer, View } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";
import { exprKey } from "../../expr/expr-key.js";
import type { Expr } from "../../expr.js";
import { coordinates, placeAt } from "../coordinates.js";
import { formulaSource } from "../formula-source.js";
import { integer, type Launch } from "../launch.js";
import { mathTable } from "../math-table.js";
import { operandsOf } from "../operands.js";
import { argmaxSource } from "./fold-source.js";
import type { ReduceAxis } from "./reduce-axis.js";

/** Where the first maximum is sought: along an axis, or at `count` places of it that a stage before found, [...kept, count]. */
export interface Candidates {
  readonly count: number;
  readonly found?: Buffer;
}

/** The first maxima of runs of `turns` candidates, as positions along the axis: [...kept, ⌈count/turns⌉]. */
export function argmaxLaunch(
  f: Expr,
  kept: readonly ReduceAxis[],
  strides: readonly number[],
  { count, found }: Candidates,
  turns: number,
  views: readonly View[],
): Launch {
  const { buffers, names } = operandsOf(views, found ? 1 : 0);
  const runs = Math.ceil(count / turns);
  const shape = [...kept.map(({ size }) => size), runs];
  const layout = kept.map((axis) => `${axis.size}:${axis.strides.join()}`).join(" ");
  const offsets = views.map(({ offset }) => offset).join();
  return {
    key: `argmax ${exprKey(f)} ${layout} along ${strides.join()} ${count}/${turns}${found ? " of found" : ""} ${offsets} ${names.join()}`,
    operands: found ? [found, ...buffers] : buffers,
    tables: { math: mathTable },
    length: numEntries(shape),
    body: () => {
      const { code, names: at } = coordinates("i", shape, "c");
      const run = at.at(-1)!;
      const starts = views.map(({ offset }, v) => {
        const place = placeAt(
          at.slice(0, -1),
          kept.map((axis) => axis.strides[v]!),
          offset,
        );
        return integer(`p${v}`, place);
      });
      const first = run === "0" ? "0" : `${run} * ${turns}`;
      // Places found lie in rows, one for each place that is kept.
      const row = integer("row", runs === 1 ? `i * ${count}` : `quotient(i, ${runs}) * ${count}`);
      const position = (k: string): string => (found ? `whole(a0[row + ${k}])` : k);
      const term = formulaSource(
        f,
        names.map((name, v) => `${name}[${placeAt(["q"], [strides[v]!], `p${v}`)}]`),
        "t",
      );
      return `${code}
${starts.join("\n")}
${found ? row : ""}
${integer("first", first)}
${argmaxSource.start}
for (let k = 0; k < ${turns}; k++) {
if (first + k < ${count}) {
${integer("q", position("first + k"))}
${term.code}
${argmaxSource.step(term.value, "q")}
}
}
return ${argmaxSource.end};`;
    },
  };
}
