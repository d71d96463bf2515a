import type { Writable } from "node:stream";

/**
 * An AbortSignal that is set off once nobody reads the streams any more (EPIPE: `npm start | head -1`). What is written afterwards is lost, quietly;
 * other errors of the streams are thrown.
 */
export function closedOutput(streams: readonly Writable[]): AbortSignal {
  const controller = new AbortController();
  for (const stream of streams) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      controller.abort(error);
    });
  }
  return controller.signal;
}
