import type { Reduction } from "../../backend.js";
import { integer } from "../launch.js";

/** Code of a running sum, maximum or minimum: declarations, what one more value does, and the end, which returns. */
export interface FoldSource {
  readonly start: string;
  readonly step: (value: string) => string;
  readonly end: string;
}

export function foldSource(kind: Exclude<Reduction, "argmax">): FoldSource {
  if (kind === "sum") return { start: "let sum = 0.0;", step: (value) => `sum = sum + ${value};`, end: "return sum;" };
  const [first, beats] = kind === "max" ? ["-math[0]", ">"] : ["math[0]", "<"];
  return {
    start: `let best = ${first};\nlet largest = math[2];\n${integer("lost", 0)}`,
    step: (value) => `if (${value} ${beats} best) { best = ${value}; }\nif (${isNaNSource(value)}) { lost = 1; }`,
    end: "if (lost > 0) { return math[1]; }\nreturn best;",
  };
}

/** Code of a running first maximum; the first NaN counts as the maximum. `end` is where it was found, −1 before anything was. */
export const argmaxSource = {
  start: `let best = -math[0];\nlet largest = math[2];\n${integer("lost", 0)}\n${integer("at", "lost - 1")}`,
  step: (value: string, position: string): string => `if (lost === 0) {
if (at < 0 || ${value} > best) { best = ${value}; at = ${position}; }
if (${isNaNSource(value)}) { lost = 1; at = ${position}; }
}`,
  end: "at",
};

/** Whether a value is NaN, where `largest` is declared as the largest float32: devices may take x ≠ x for false whatever x is. */
function isNaNSource(value: string): string {
  return `!(${value} >= -largest || ${value} <= largest)`;
}
