import { duration, epochLine, lossText } from "./epoch-line.js";
import type { BatchProgress, Reporter } from "./reporter.js";

/** What a reporter needs of `process.stdout` or `process.stderr`. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width in characters. */
  readonly columns?: number | undefined;
}

/**
 * A progress line that is drawn again in place, at most every 100 ms, above which one line stays for each epoch and message.
 * @param now in milliseconds; the clock if left out
 */
export function terminalReporter(stream: OutputStream, now: () => number = () => performance.now()): Reporter {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  const clear = (): void => {
    if (isDrawn) stream.write(eraseLine);
    isDrawn = false;
  };
  const say = (line: string): void => {
    clear();
    stream.write(`${line}\n`);
  };
  return {
    batch(progress) {
      if (now() - drawnAt < 100) return;
      drawnAt = now();
      isDrawn = true;
      // The last column stays free: a terminal that wraps there would start a second line, which is not erased.
      stream.write(`${eraseLine}${progressLine(progress, (stream.columns ?? 80) - 1)}`);
    },
    epoch: (record, epochs, unit) => say(epochLine(record, epochs, unit)),
    message: say,
    close: clear,
  };
}

const eraseLine = "\r\x1b[2K";

/** `epoch 3/10 ━━━━━━────── 58 %  loss 0.1234  1,203 examples/s  1:07 left`, at most `width` characters: the bar shrinks first, then the end is cut. */
export function progressLine(progress: BatchProgress, width: number): string {
  const { unit = "epoch", epoch, epochs, batch, batches, loss, examplesPerSecond, secondsLeft } = progress;
  const head = `${unit} ${epoch}/${epochs} `;
  const rate = Math.round(examplesPerSecond).toLocaleString("en-US");
  const part = batch / batches;
  const tail = ` ${String(Math.floor((100 * batch) / batches)).padStart(3)} %  loss ${lossText(loss)}  ${rate} examples/s  ${duration(secondsLeft)} left`;
  const room = Math.min(30, width - head.length - tail.length);
  const done = Math.round(part * room);
  const bar = room < 4 ? "" : "━".repeat(done) + "─".repeat(room - done);
  return `${head}${bar}${tail}`.slice(0, Math.max(0, width));
}
