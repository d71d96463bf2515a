import { placeAt } from "../coordinates.js";
import { integer } from "../launch.js";
import type { PlacedPart } from "./place-axis.js";

/**
 * Statements that add to `sum` whatever the part puts at place `i`: all indices with to + Σ axes[a].to·i_a = i. From the largest step down, what is left to
 * go says which i_a may be: one where the smaller steps cannot make up for it, else a few.
 * @param name of the operand @param prefix of what is declared
 */
export function partSource({ axes, from, to }: PlacedPart, name: string, prefix: string): string {
  const reaches = axes.map((_, a) => axes.slice(a + 1).reduce((reach, axis) => reach + axis.to * (axis.size - 1), 0));
  const index = axes.map((_, a) => `${prefix}x${a}`);
  const read = placeAt(
    index,
    axes.map((axis) => axis.from),
    from,
  );
  const add = `sum = sum + ${name}[${read}];`;
  const level = (a: number, left: string): string => {
    const axis = axes[a];
    if (axis === undefined) return `if (${left} === 0) { ${add} }`;
    const { size, to: step } = axis;
    const [x, top, after] = [index[a]!, `${prefix}top${a}`, `${prefix}left${a}`];
    const most = step === 1 ? left : `quotient(${left}, ${step})`;
    const isExact = step === 1 && a === axes.length - 1;
    const next = isExact ? add : `${integer(after, `${left} - ${x} * ${step}`)}\n${level(a + 1, after)}`;
    const choices = Math.min(size, Math.floor(reaches[a]! / step) + 1);
    if (choices === 1) return `${integer(x, most)}\nif (${x} < ${size}) {\n${next}\n}`;
    return `${integer(top, most)}
if (${top} > ${size - 1}) { ${top} = ${size - 1}; }
for (let ${prefix}j${a} = 0; ${prefix}j${a} < ${choices}; ${prefix}j${a}++) {
${integer(x, `${top} - ${prefix}j${a}`)}
if (${x} >= 0) {
${next}
}
}`;
  };
  return `${integer(`${prefix}left`, `i - ${to}`)}\nif (${prefix}left >= 0) {\n${level(0, `${prefix}left`)}\n}`;
}
