import { type CheckReport, checkDerivatives } from "@paramat/core/check";
import type { Tree } from "../../src/tree.js";
import type { Value } from "../../src/value.js";
import { hiddenFaults } from "./hidden-faults.js";
import type { PlantedFault } from "./planted-fault.js";
import { wrongRules } from "./wrong-rules.js";

/** Every one must be caught, and its input named. */
export const plantedFaults: readonly PlantedFault[] = [...wrongRules, ...hiddenFaults];

/** The faulty op whose description starts so, fresh, and where to call it. */
export function plantedFault(start: string): readonly [(x: readonly Value[]) => Value, readonly Value[]] {
  const found = plantedFaults.find(({ fault }) => fault.startsWith(start));
  if (!found) throw new RangeError(`plantedFault: no fault starts with "${start}"`);
  return [found.make(), found.x];
}

/** One line of the table "fault | caught by". */
export interface CaughtFault {
  readonly fault: string;
  /** The tests that fail; one that fails at x and beside x is named once. */
  readonly caughtBy: readonly string[];
  readonly report: CheckReport;
}

export function catchFault({ fault, make, x, options }: PlantedFault): CaughtFault {
  const report = checkDerivatives(make() as (x: Tree) => Tree, x, options);
  const names = report.checks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name);
  const caughtBy = names.filter((name) => !names.includes(name.replace(/, beside x$/, "")) || !name.endsWith(", beside x"));
  return { fault, caughtBy, report };
}

/** A line for each fault. */
export function faultTable(rows: readonly CaughtFault[]): string {
  const width = Math.max(...rows.map(({ fault }) => fault.length));
  return rows.map(({ fault, caughtBy }) => `${fault.padEnd(width)} | ${caughtBy.join("; ")}`).join("\n");
}
