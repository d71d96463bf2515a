import { parseArgs } from "node:util";
import { defaultModes, isMode } from "./modes.js";

export interface Options {
  /** Workloads by name; undefined for all. */
  readonly only: readonly string[] | undefined;
  readonly modes: readonly string[];
  readonly rounds: number;
  readonly chromium: string;
  readonly headed: boolean;
  /** Whether the browser is to use the graphics card, and no software in its place. */
  readonly realGpu: boolean;
  /** What of the system draws for the browser, as it names it: `vulkan`, `gl`, `metal`, `d3d11`. */
  readonly angle: string | undefined;
  /** Small sizes and short turns: to see that it works, not to measure. */
  readonly quick: boolean;
  readonly json: boolean;
}

/**
 * @param cores of this machine
 * @throws RangeError for options that are not known, or values that cannot be
 */
export function readOptions(
  args: readonly string[],
  cores: number,
  environment: Readonly<Record<string, string | undefined>> = {},
): Options {
  const { values } = parsed(args);
  const modes = list(values.modes) ?? defaultModes(cores);
  const unknown = modes.find((mode) => !isMode(mode));
  if (unknown !== undefined) {
    throw new RangeError(`bench:gpu: ${unknown} is not known; there are cpu, wasm-1t to wasm-32t, webgl2 and webgpu`);
  }
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 7));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`bench:gpu: --rounds is ${values.rounds}; it must be a whole number from 1 on`);
  }
  if (values.angle !== undefined && !values["real-gpu"]) {
    throw new RangeError(`bench:gpu: --angle ${values.angle} says how the graphics card is reached; it goes with --real-gpu`);
  }
  return {
    only: list(values.only),
    modes,
    rounds,
    chromium: values.chromium ?? (environment["CHROMIUM"] || "/usr/bin/chromium"),
    headed: values.headed,
    realGpu: values["real-gpu"],
    angle: values.angle,
    quick: values.quick,
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string" },
        modes: { type: "string" },
        rounds: { type: "string" },
        chromium: { type: "string" },
        headed: { type: "boolean", default: false },
        "real-gpu": { type: "boolean", default: false },
        angle: { type: "string" },
        quick: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
  } catch (cause) {
    throw new RangeError(`bench:gpu: ${(cause as Error).message}`, { cause });
  }
}

function list(asked: string | undefined): readonly string[] | undefined {
  return asked?.split(",").map((name) => name.trim());
}
