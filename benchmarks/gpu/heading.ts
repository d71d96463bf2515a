import { isGpuMode } from "./modes.js";
import type { Opened } from "./plan.js";

/** What was measured on, and what the figures cannot say. @param machine processor, cores and browser */
export function heading(machine: string, contenders: readonly Opened[]): string {
  const lines = contenders.map((contender) => `  ${contender.mode.padEnd(10)} ${inWords(contender)}`);
  return [`GPU modes beside cpu and wasm, in a page: ${machine}`, ...lines, ...warnings(contenders)].join("\n");
}

function inWords(contender: Opened): string {
  if ("reason" in contender) return `NOT MEASURED: ${contender.reason}`;
  const { mode, executedOn, read } = contender;
  return isGpuMode(mode) ? `${executedOn}; reading one number takes ${read.toFixed(2)} ms` : executedOn;
}

/** Whether the name of a device is one of programs that compute on processors what graphics cards would. */
export function isSoftware(executedOn: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b|software/i.test(executedOn);
}

function warnings(contenders: readonly Opened[]): readonly string[] {
  const gpus = contenders.flatMap((contender) => ("reason" in contender || !isGpuMode(contender.mode) ? [] : [contender]));
  const software = gpus.filter(({ executedOn }) => isSoftware(executedOn)).map(({ mode }) => mode);
  const unnamed = gpus.filter(({ mode, executedOn }) => executedOn === `gpu ${mode}`).map(({ mode }) => mode);
  return [
    ...(software.length === 0
      ? []
      : [
          `${software.join(" and ")}: A SOFTWARE RENDERER. Processors compute in place of a graphics card, so these figures say nothing about graphics cards;`,
          "they show that the programs run and give right numbers. Where there is a card: npm run bench:gpu -- --real-gpu",
        ]),
    ...(unnamed.length === 0 ? [] : [`${unnamed.join(" and ")}: the browser does not tell what it is; it may be a software renderer.`]),
  ];
}
