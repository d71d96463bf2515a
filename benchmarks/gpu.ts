/**
 * `npm run bench:gpu -- [--only W1,W6] [--modes cpu,wasm-1t,webgl2,webgpu] [--rounds 7] [--real-gpu [--angle vulkan]] [--headed] [--chromium PATH] [--quick]
 * [--json]`: the workloads of works/works.json by Paramat in a page of Chromium, on GPUs beside cpu and wasm, in turn, round by round. Results are compared
 * first, and wrong ones are not timed. The exit code is 1 if something that was asked for was not measured.
 */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { heading } from "./gpu/heading.js";
import { readOptions } from "./gpu/options.js";
import type { MeasuredWork, Opened, Work } from "./gpu/plan.js";
import { quickWork } from "./gpu/quick-work.js";
import { runInChromium } from "./gpu/run-in-chromium.js";
import { gpuTable, legend, timingOf } from "./gpu/table.js";

async function bench(): Promise<number> {
  const options = readOptions(process.argv.slice(2), availableParallelism(), process.env);
  const works = chosenWorks(options.only, options.quick);
  const contenders: Opened[] = [];
  const measured: MeasuredWork[] = [];
  let machine = "";
  const plan = { modes: options.modes, works, rounds: options.rounds, turn: options.quick ? 5 : 200 };
  await runInChromium(plan, options, (news, version) => {
    if (news.kind === "opened") {
      contenders.push(...news.contenders);
      machine = `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores, Chromium ${version}`;
      console.log(`${heading(machine, contenders)}\n\n${legend}`);
    } else if (news.kind === "measured") {
      measured.push(news.measured);
      const { title, mflop } = works[news.measured.work]!;
      console.log(gpuTable(`${news.measured.work}: ${title}`, news.measured, mflop));
    }
  });
  if (options.json) console.log(JSON.stringify({ machine, contenders, works: inJson(measured) }));
  const isLeftOut = contenders.some((contender) => "reason" in contender);
  return isLeftOut || measured.some((work) => Object.values(work.contenders).some((found) => "refused" in found)) ? 1 : 0;
}

function chosenWorks(only: readonly string[] | undefined, isQuick: boolean): Readonly<Record<string, Work>> {
  const all = JSON.parse(readFileSync(new URL("works/works.json", import.meta.url), "utf8")) as Readonly<Record<string, Work>>;
  const names = only ?? Object.keys(all);
  return Object.fromEntries(
    names.map((name) => {
      const work = all[name];
      if (work === undefined) throw new RangeError(`bench:gpu: ${name} is not known; there are ${Object.keys(all).join(", ")}`);
      return [name, isQuick ? quickWork(work) : work];
    }),
  );
}

/** Times in milliseconds by workload and contender; what was not timed says why. */
function inJson(measured: readonly MeasuredWork[]): object {
  return Object.fromEntries(
    measured.map(({ work, contenders }) => [
      work,
      Object.fromEntries(
        Object.entries(contenders).map(([mode, found]) => {
          if ("refused" in found) return [mode, found];
          const { first, difference, activity } = found;
          return [mode, { ...timingOf(found), first, difference, ...activity }];
        }),
      ),
    ]),
  );
}

bench().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exit(2);
  },
);
