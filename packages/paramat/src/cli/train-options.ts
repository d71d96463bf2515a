import { parseArgs } from "node:util";
import type { Precision } from "@paramat/backends";

export type DataName = "digits" | "mnist" | "fashion-mnist" | "optdigits";

export interface TrainOptions {
  readonly data: DataName;
  /** First so many training examples; all if undefined. */
  readonly train: number | undefined;
  readonly epochs: number | undefined;
  readonly batch: number | undefined;
  readonly learningRate: number | undefined;
  readonly lambda: number;
  readonly seed: number;
  readonly backend: `cpu-${Precision}`;
  readonly out: string;
  readonly resume: boolean;
  readonly json: boolean;
  readonly plots: boolean;
  readonly download: boolean;
  /** Whether the lecture's models are compared too. */
  readonly table: boolean;
}

/** Text to print instead of running, and the exit code that goes with it. */
export interface Refusal {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

const DATA: readonly DataName[] = ["digits", "mnist", "fashion-mnist", "optdigits"];
const BACKENDS = ["cpu-float32", "cpu-float64"] as const;

const USAGE = `paramat train: min over W, θ of E(C, W σ(K(θ)Y + b)) + λ R(W, θ), with K(θ) convolutions

  --data NAME        digits (generated; the default), optdigits, mnist or fashion-mnist;
                     real sets are read from PARAMAT_DATA or the cache, else downloaded and verified
  --train N          use the first N training examples only
  --epochs N         passes over the training examples
  --batch N          examples per step
  --learning-rate X  of Adam
  --lambda X         weight of the Tikhonov regularizer ½‖(W, θ)‖² (1e-4)
  --seed N           same seed, same numbers (1)
  --backend NAME     cpu-float32 (default) or cpu-float64
  --out FOLDER       where pictures and the checkpoint go (paramat-out)
  --resume           go on from the checkpoint in FOLDER
  --no-table         leave out the comparison of the lecture's models (made for digits)
  --no-plots         write no pictures
  --no-download      stay off the network
  --json             the last line is one JSON object`;

/** Options from a command line, or the text that answers it. */
export function trainOptions(args: readonly string[]): TrainOptions | Refusal {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: "string", default: "digits" },
        train: { type: "string" },
        epochs: { type: "string" },
        batch: { type: "string" },
        "learning-rate": { type: "string" },
        lambda: { type: "string", default: "1e-4" },
        seed: { type: "string", default: "1" },
        backend: { type: "string", default: "cpu-float32" },
        out: { type: "string", default: "paramat-out" },
        resume: { type: "boolean", default: false },
        "no-plots": { type: "boolean", default: false },
        "no-table": { type: "boolean", default: false },
        "no-download": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { text: USAGE, exitCode: 0 };
    return {
      data: oneOf("--data", values.data, DATA),
      train: values.train === undefined ? undefined : count("--train", values.train),
      epochs: values.epochs === undefined ? undefined : count("--epochs", values.epochs),
      batch: values.batch === undefined ? undefined : count("--batch", values.batch),
      learningRate: values["learning-rate"] === undefined ? undefined : positive("--learning-rate", values["learning-rate"]),
      lambda: nonNegative("--lambda", values.lambda),
      seed: integer("--seed", values.seed),
      backend: oneOf("--backend", values.backend, BACKENDS),
      out: values.out,
      resume: values.resume,
      json: values.json,
      plots: !values["no-plots"],
      download: !values["no-download"],
      table: !values["no-table"] && values.data === "digits",
    };
  } catch (error) {
    return { text: `paramat train: ${(error as Error).message}\n\n${USAGE}`, exitCode: 2 };
  }
}

function oneOf<T extends string>(option: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === given);
  if (found === undefined) throw new RangeError(`${option} is ${given}; it must be one of ${allowed.join(", ")}`);
  return found;
}

function number(option: string, given: string, holds: (x: number) => boolean, claim: string): number {
  const value = given.trim() === "" ? Number.NaN : Number(given);
  if (!Number.isFinite(value) || !holds(value)) throw new RangeError(`${option} is ${given}; it must be ${claim}`);
  return value;
}

const count = (option: string, given: string) => number(option, given, (x) => Number.isInteger(x) && x > 0, "a whole number ≥ 1");
const integer = (option: string, given: string) => number(option, given, Number.isSafeInteger, "a whole number");
const positive = (option: string, given: string) => number(option, given, (x) => x > 0, "a number > 0");
const nonNegative = (option: string, given: string) => number(option, given, (x) => x >= 0, "a number ≥ 0");
