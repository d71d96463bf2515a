import type { Reduction, View } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";
import { exprKey } from "../../expr/expr-key.js";
import type { Expr } from "../../expr.js";
import { coordinates, placeAt } from "../coordinates.js";
import { formulaSource } from "../formula-source.js";
import { integer, type Launch } from "../launch.js";
import { mathTable } from "../math-table.js";
import { operandsOf } from "../operands.js";
import { foldSource } from "./fold-source.js";
import type { Stage } from "./stage.js";

/** A stage as a launch: a thread for each place of the axes that remain. */
export function stageLaunch(kind: Exclude<Reduction, "argmax">, f: Expr, { axes, cut }: Stage, views: readonly View[]): Launch {
  const { buffers, names } = operandsOf(views);
  const rest = axes.filter(({ isLoop }) => !isLoop);
  const layout = axes.map(({ size, isLoop, strides }) => `${isLoop ? "×" : ""}${size}:${strides.join()}`).join(" ");
  return {
    key: `reduce ${kind} ${exprKey(f)} ${layout} ${cut ? `${cut.size} along ${cut.loop}` : ""} ${views.map(({ offset }) => offset).join()} ${names.join()}`,
    operands: buffers,
    tables: { math: mathTable },
    length: numEntries(rest.map(({ size }) => size)),
    body: () => {
      const { code, names: restNames } = coordinates(
        "i",
        rest.map(({ size }) => size),
        "c",
      );
      const loops = axes.flatMap((axis, a) => (axis.isLoop ? [{ ...axis, name: `r${a}` }] : []));
      const starts = views.map(({ offset }, v) =>
        integer(
          `p${v}`,
          placeAt(
            restNames,
            rest.map(({ strides }) => strides[v]!),
            offset,
          ),
        ),
      );
      const reads = names.map((name, v) => {
        const at = placeAt(
          loops.map((loop) => loop.name),
          loops.map(({ strides }) => strides[v]!),
          `p${v}`,
        );
        return `${name}[${at}]`;
      });
      const fold = foldSource(kind);
      const term = formulaSource(f, reads, "t");
      const inside = cut
        ? `if (r${cut.loop} * ${axes[cut.rest]!.size} + ${restNames[rest.indexOf(axes[cut.rest]!)]!} < ${cut.size}) {`
        : "";
      return `${code}
${starts.join("\n")}
${fold.start}
${loops.map(({ name, size }) => `for (let ${name} = 0; ${name} < ${size}; ${name}++) {`).join("\n")}
${inside}
${term.code}
${fold.step(term.value)}
${inside === "" ? "" : "}"}
${"}".repeat(loops.length)}
${fold.end}`;
    },
  };
}
