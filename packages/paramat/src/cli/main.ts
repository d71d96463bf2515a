#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { train } from "./train.js";
import { trainOptions } from "./train-options.js";

const USAGE = `paramat: autodiff for parametric linear layers

  paramat train [options]   train a small convolutional network on digits, the lecture's model
  paramat --version
  paramat --help

paramat train --help lists its options.`;

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 not understood, 130 interrupted */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === "--version" || command === "-v") {
    console.log(version());
    return 0;
  }
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    console.log(USAGE);
    return command === undefined ? 2 : 0;
  }
  if (command !== "train") {
    console.error(`paramat: there is no command ${command}; the commands are: train\n\n${USAGE}`);
    return 2;
  }
  const options = trainOptions(rest);
  if ("text" in options) {
    (options.exitCode === 0 ? console.log : console.error)(options.text);
    return options.exitCode;
  }
  return train(options);
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A person reads this: the message says what to do; the stack is for us.
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    if (process.env.PARAMAT_DEBUG && error instanceof Error) console.error(error.stack);
    process.exitCode = 1;
  },
);
