#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { check } from "./check.js";
import { checkOptions } from "./check-options.js";
import { closedOutput } from "./closed-output.js";
import { train } from "./train.js";
import { type Refusal, trainOptions } from "./train-options.js";

const USAGE = `paramat: autodiff for parametric linear layers

  paramat train [options]   train a small convolutional network on digits, the lecture's model
  paramat check FILE…       hold your own parameterizations to the laws, with a counterexample where one is wrong
  paramat --version
  paramat --help

paramat train --help and paramat check --help list their options.`;

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 not understood, 130 interrupted, 141 output closed */
export async function main(args: readonly string[], closed: AbortSignal): Promise<number> {
  const [command, ...rest] = args;
  if (command === "--version" || command === "-v") {
    console.log(version());
    return 0;
  }
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    console.log(USAGE);
    return command === undefined ? 2 : 0;
  }
  if (command !== "train" && command !== "check") {
    console.error(`paramat: there is no command ${command}; the commands are: train, check\n\n${USAGE}`);
    return 2;
  }
  return command === "check" ? answer(checkOptions(rest), check) : answer(trainOptions(rest), (options) => train(options, closed));
}

async function answer<Options extends object>(options: Options | Refusal, run: (options: Options) => Promise<number>): Promise<number> {
  if ("text" in options) {
    (options.exitCode === 0 ? console.log : console.error)(options.text);
    return options.exitCode;
  }
  return run(options);
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
}

const closed = closedOutput([process.stdout, process.stderr]);
// May come after the command is done: 128 + SIGPIPE, as if nobody had listened.
closed.addEventListener("abort", () => {
  process.exitCode = 141;
});
main(process.argv.slice(2), closed).then(
  (code) => {
    process.exitCode ??= code;
  },
  (error: unknown) => {
    // A person reads this: the message says what to do; the stack is for us.
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    if (process.env.PARAMAT_DEBUG && error instanceof Error) console.error(error.stack);
    process.exitCode = 1;
  },
);
