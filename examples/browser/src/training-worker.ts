import type { Report, Request } from "./messages.js";
import { trainer } from "./trainer.js";

const handle = trainer((report: Report) => postMessage(report));
addEventListener("message", ({ data }: MessageEvent<Request>) => handle(data));
