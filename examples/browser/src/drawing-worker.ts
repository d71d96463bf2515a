import type { Drawn, DrawRequest } from "./picture-messages.js";
import { pictures } from "./pictures.js";
import { viewsOf } from "./views.js";

/** Draws what it is asked for; the message after the last picture is null. */
async function draw({ run, snapshot, names, width }: DrawRequest): Promise<void> {
  const views = viewsOf(run)(snapshot);
  for (const name of names) postMessage(await drawn(name, async () => pictures[name]({ run, snapshot, views }, { width })));
  postMessage(null);
}

async function drawn(name: DrawRequest["names"][number], body: () => Promise<string>): Promise<Drawn> {
  try {
    return { name, svg: await body() };
  } catch (error) {
    return { name, problem: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", ({ data }: MessageEvent<DrawRequest>) => void draw(data));
