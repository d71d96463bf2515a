import { parseArgs } from "node:util";
import type { Refusal } from "./train-options.js";

export interface CheckCommand {
  readonly files: readonly string[];
  readonly seed: number;
  readonly examples: number;
  readonly timing: boolean;
  readonly json: boolean;
}

const USAGE = `paramat check FILE…: holds the parameterizations that a module exports to the laws, and says what is wrong

  FILE           JavaScript or TypeScript. Checked is every export that is a parameterization, or a function without
                 required arguments that makes one; where the module exports \`check = […]\`, what that lists.
                 A function \`matrix(theta)\`, exported or of the parameterization, that writes K(θ) out as rows is an oracle.
  --seed N       of the random θ, y and z (1)
  --examples N   along axis 0 (3)
  --no-timing    leave out the comparison with a dense matrix
  --json         the last line is one JSON object

Exit code 0: all laws hold; 1: something is wrong; 2: not understood.`;

/** Options from a command line, or the text that answers it. */
export function checkOptions(args: readonly string[]): CheckCommand | Refusal {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seed: { type: "string", default: "1" },
        examples: { type: "string", default: "3" },
        "no-timing": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { text: USAGE, exitCode: 0 };
    if (positionals.length === 0) throw new RangeError("no file is given; name a module that exports a parameterization");
    return {
      files: positionals,
      seed: integer("--seed", values.seed, Number.MIN_SAFE_INTEGER),
      examples: integer("--examples", values.examples, 1),
      timing: !values["no-timing"],
      json: values.json,
    };
  } catch (error) {
    return { text: `paramat check: ${(error as Error).message}\n\n${USAGE}`, exitCode: 2 };
  }
}

function integer(option: string, given: string, least: number): number {
  const value = given.trim() === "" ? Number.NaN : Number(given);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${option} is ${given}; it must be a whole number${least === 1 ? " ≥ 1" : ""}`);
}
