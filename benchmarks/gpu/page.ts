import { type Contender, openContender } from "./contender.js";
import { measureWork } from "./measure-work.js";
import type { News, Opened, Plan } from "./plan.js";

/** Measures in a worker of the page, and hands on what it tells. The program runs twice: in the page, where it starts a worker with itself, and in that. */
export function measureInPage(plan: Plan, tell: (news: News) => void): void {
  if (typeof document === "undefined") {
    void measure(plan, (news) => postMessage(news));
    return;
  }
  const worker = new Worker("/program.js", { type: "module" });
  worker.onmessage = ({ data }) => tell(data);
  worker.onerror = ({ message }) => tell({ kind: "failed", error: `the worker failed: ${message}` });
}

async function measure(plan: Plan, tell: (news: News) => void): Promise<void> {
  try {
    const contenders: Opened[] = [];
    for (const mode of plan.modes) contenders.push(await look(mode));
    tell({ kind: "opened", contenders });
    const modes = contenders.flatMap((opened) => ("reason" in opened ? [] : [opened.mode]));
    for (const [name, work] of Object.entries(plan.works)) {
      tell({ kind: "measured", measured: await measureWork(name, work, { ...plan, modes }, openContender) });
    }
    tell({ kind: "done" });
  } catch (error) {
    tell({ kind: "failed", error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) });
  }
}

async function look(mode: string): Promise<Opened> {
  try {
    const contender = await openContender(mode);
    const read = await timeToRead(contender);
    await contender.close();
    return { mode, executedOn: contender.executedOn, read };
  } catch (error) {
    return { mode, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function timeToRead({ backend }: Contender): Promise<number> {
  const number = backend.upload([1]);
  const times: number[] = [];
  for (let k = 0; k < 25; k++) {
    const start = performance.now();
    await backend.read(number);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}
