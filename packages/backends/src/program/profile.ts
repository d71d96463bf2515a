import type { Backend, Buffer } from "../backend.js";
import { callFlops } from "./call-cost.js";
import { describeNode, kernelName } from "./describe-call.js";
import type { Executor, Step } from "./executor.js";
import { drawProfile } from "./profile-picture.js";
import type { Profile, ProfileRow } from "./profile-rows.js";
import { profileTable } from "./profile-table.js";

/** Runs again with the same inputs, `runs` times, with a clock around each step. */
export function profileOf(
  executor: Executor,
  bytesOf: (step: Step) => number,
  inputs: readonly Buffer[],
  target: Backend,
  runs: number,
): Profile {
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`profile: runs is ${runs}; it must be a whole number ≥ 1`);
  const times = new Map<Step, number[]>(executor.steps.map((step) => [step, []]));
  const timed = (step: Step): void => {
    const start = performance.now();
    step.run();
    times.get(step)!.push(performance.now() - start);
  };
  for (let run = 0; run < runs; run++) {
    target.scope(() => {
      executor.run(inputs, null, null, timed);
    });
  }
  const medians = executor.steps.map((step) => median(times.get(step)!));
  const ms = medians.reduce((sum, time) => sum + time, 0);
  const rows = executor.steps.map((step, i): ProfileRow => {
    const time = medians[i]!;
    const perSecond = (amount: number) => (time > 0 ? amount / time / 1e6 : 0);
    const { node, id } = step;
    return {
      id,
      kernel: node.kind === "call" ? kernelName(node.call) : node.kind,
      details: describeNode(node),
      calls: runs,
      ms: time,
      share: ms > 0 ? time / ms : 0,
      gflops: perSecond(node.kind === "call" ? callFlops(node.call) : 0),
      gigabytes: perSecond(bytesOf(step)),
    };
  });
  const profile = { rows, ms, runs };
  return { ...profile, toString: () => profileTable(profile), toSvg: () => drawProfile(profile) };
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
