/** Lets the rest of the program run for one turn of the event loop, if the last turn was `everyMs` or more ago. */
export type Pacer = () => Promise<void>;

/** Signals, timers and the screen are served at least every `everyMs` milliseconds, at the cost of one turn of the event loop each time. */
export function pacer(everyMs = 15): Pacer {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < everyMs) return;
    await new Promise<void>((resolve) => {
      // Browsers have no setImmediate; there a timer takes up to 4 ms.
      if (typeof setImmediate === "function") setImmediate(resolve);
      else setTimeout(resolve, 0);
    });
    last = performance.now();
  };
}
