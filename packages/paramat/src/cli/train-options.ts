import { parseArgs } from "node:util";
import { BACKENDS, DATA, type KnownSettings, MINIMIZERS } from "./run-settings.js";

export interface TrainOptions {
  /** The settings that the command line gives; a checkpoint or the preset has the others. */
  readonly given: KnownSettings;
  /** The command line itself. */
  readonly args: readonly string[];
  readonly out: string;
  readonly resume: boolean;
  readonly json: boolean;
  readonly plots: boolean;
  readonly download: boolean;
  /** Whether the lecture's models are compared too, where the data are digits. */
  readonly table: boolean;
}

/** Text to print instead of running, and the exit code that goes with it. */
export interface Refusal {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

const USAGE = `paramat train: min over W, θ of E(C, W σ(K(θ)Y + b)) + λ R(W, θ), with K(θ) convolutions

  --data NAME        digits (generated; the default), optdigits, mnist or fashion-mnist;
                     real sets are read from PARAMAT_DATA or the cache, else downloaded and verified
  --train N          use the first N training examples only
  --minimizer NAME   lbfgs or newton-cg, which take all examples in every step, in place of Adam;
                     without dropout, whose noise they cannot bear
  --epochs N         passes over the training examples; iterations of a minimizer
  --batch N          examples per step; in memory at a time, for a minimizer
  --learning-rate X  of Adam
  --lambda X         weight of the Tikhonov regularizer ½‖(W, θ)‖² (1e-4)
  --seed N           same seed, same numbers (1)
  --backend NAME     wasm (float32, the default where the engine has it), wasm-float64, cpu-float32, cpu-float64
                     or gpu-headlessgl (needs gpu.js and the package gl, built)
  --threads N        of a WASM backend (1); sums are cut for them, so other threads give other last bits
  --out FOLDER       where pictures and the checkpoint go (paramat-out)
  --resume           go on from the checkpoint in FOLDER, with the options that it was made with;
                     of these only --epochs may be raised, and then the learning rate follows
                     the longer plan from there on
  --no-table         leave out the comparison of the lecture's models (made for digits)
  --no-plots         write no pictures
  --no-download      stay off the network
  --json             the last line is one JSON object; "interrupted": true if it was`;

/** Options from a command line, or the text that answers it. */
export function trainOptions(args: readonly string[]): TrainOptions | Refusal {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        train: { type: "string" },
        minimizer: { type: "string" },
        epochs: { type: "string" },
        batch: { type: "string" },
        "learning-rate": { type: "string" },
        lambda: { type: "string" },
        seed: { type: "string" },
        backend: { type: "string" },
        threads: { type: "string" },
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
    if (values.out.trim() === "") throw new RangeError("--out is empty; it must name a folder");
    const read = <T>(
      name: "data" | "train" | "minimizer" | "epochs" | "batch" | "learning-rate" | "lambda" | "seed" | "backend" | "threads",
      parse: Parse<T>,
    ) => {
      const text = values[name];
      return text === undefined ? undefined : parse(`--${name}`, text);
    };
    const settings: TrainOptions = {
      given: {
        data: read("data", oneOf(DATA)),
        train: read("train", examples),
        minimizer: read("minimizer", oneOf(MINIMIZERS)),
        epochs: read("epochs", count),
        batch: read("batch", count),
        learningRate: read("learning-rate", positive),
        lambda: read("lambda", nonNegative),
        seed: read("seed", integer),
        backend: read("backend", oneOf(BACKENDS)),
        threads: read("threads", threads),
      },
      args,
      out: values.out,
      resume: values.resume,
      json: values.json,
      plots: !values["no-plots"],
      download: !values["no-download"],
      table: !values["no-table"],
    };
    requireThreads(settings.given);
    requireRateOfAdam(settings.given);
    return settings;
  } catch (error) {
    return { text: `paramat train: ${(error as Error).message}\n\n${USAGE}`, exitCode: 2 };
  }
}

/** @throws RangeError where more than one thread is asked of a backend that has one */
function requireThreads({ backend, threads: asked = 1 }: KnownSettings): void {
  if (asked > 1 && backend && !backend.startsWith("wasm"))
    throw new RangeError(`--threads is ${asked} and ${backend} has one thread; use --backend wasm`);
}

/** @throws RangeError where a learning rate is asked of a method that finds its steps itself */
function requireRateOfAdam({ minimizer, learningRate }: KnownSettings): void {
  if (minimizer && learningRate !== undefined)
    throw new RangeError(`--learning-rate is ${learningRate} and ${minimizer} finds its steps itself; leave one of the two out`);
}

/** The value in the text of an option. @throws RangeError naming the option */
type Parse<T> = (option: string, given: string) => T;

function oneOf<T extends string>(allowed: readonly T[]): Parse<T> {
  return (option, given) => {
    const found = allowed.find((name) => name === given);
    if (found === undefined) throw new RangeError(`${option} is ${given}; it must be one of ${allowed.join(", ")}`);
    return found;
  };
}

function number(holds: (x: number) => boolean, claim: string): Parse<number> {
  return (option, given) => {
    const value = given.trim() === "" ? Number.NaN : Number(given);
    if (!Number.isFinite(value) || !holds(value)) throw new RangeError(`${option} is ${given}; it must be ${claim}`);
    return value;
  };
}

const count = number((x) => Number.isInteger(x) && x > 0, "a whole number ≥ 1");
const examples = number((x) => Number.isInteger(x) && x > 1, "a whole number ≥ 2, since one example at least is held out");
const threads = number((x) => Number.isInteger(x) && x > 0 && x <= 32, "a whole number from 1 to 32");
const integer = number(Number.isSafeInteger, "a whole number");
const positive = number((x) => x > 0, "a number > 0");
const nonNegative = number((x) => x >= 0, "a number ≥ 0");
