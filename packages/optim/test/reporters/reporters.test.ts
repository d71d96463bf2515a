import { describe, expect, it } from "vitest";
import { duration, epochLine, lossText } from "../../src/reporters/epoch-line.js";
import { lineReporter } from "../../src/reporters/line-reporter.js";
import { type BatchProgress, type Reporter, silentReporter } from "../../src/reporters/reporter.js";
import { reporterFor } from "../../src/reporters/reporter-for.js";
import { progressLine, terminalReporter } from "../../src/reporters/terminal-reporter.js";

const record = { epoch: 3, trainLoss: 0.123456, validationLoss: 0.2, metrics: { accuracy: 0.9713 }, isBest: true, seconds: 2.34 };
const progress: BatchProgress = {
  epoch: 3,
  epochs: 10,
  batch: 29,
  batches: 50,
  loss: 0.12345,
  examplesPerSecond: 1203.4,
  secondsLeft: 66.2,
};
const line = "epoch  3/10  loss 0.1235  validation 0.2  accuracy 0.9713  2.3 s  (best)";

/** What a terminal shows: a carriage return with "erase line" empties the line under way. */
function terminal(columns: number) {
  const parts: string[] = [];
  const screen = () =>
    parts
      .join("")
      .split("\n")
      .map((row) => row.split("\r\x1b[2K").at(-1) as string);
  const stream = { isTTY: true, columns, write: (part: string) => parts.push(part) };
  return { stream, screen, raw: () => parts.join("") };
}

describe("epochLine", () => {
  it("shows what there is", () => {
    expect(epochLine(record, 10)).toBe(line);
    expect(epochLine({ epoch: 1, trainLoss: 12345678, isBest: false, seconds: 61 }, 1)).toBe("epoch 1/1  loss 12350000  1:01");
  });

  it("shows metrics by name, and iterations as such", () => {
    const measured = { epoch: 7, trainLoss: 0.5, metrics: { accuracy: 0.97128, top5: 1 }, isBest: false, seconds: 0.04 };
    expect(epochLine(measured, 100, "iteration")).toBe("iteration   7/100  loss 0.5  accuracy 0.9713  top5 1  0.0 s");
    const written: string[] = [];
    lineReporter((text) => written.push(text)).epoch(measured, 100, "iteration");
    const { stream, screen } = terminal(80);
    terminalReporter(stream).epoch(measured, 100, "iteration");
    expect([written[0]?.slice(0, 9), screen()[0]?.slice(0, 9)]).toEqual(["iteration", "iteration"]);
  });

  it("shows losses with four digits and durations like a clock", () => {
    expect([0.000123456, 2, 1e-300].map(lossText)).toEqual(["0.0001235", "2", "1e-300"]);
    expect([6.2, 754, 3723, Number.POSITIVE_INFINITY].map(duration)).toEqual(["0:07", "12:34", "1:02:03", "?"]);
  });
});

describe("progressLine", () => {
  it("shows epoch, bar, loss, pace and time left", () => {
    const bar = `${"━".repeat(17)}${"─".repeat(13)}`;
    expect(progressLine(progress, 120)).toBe(`epoch 3/10 ${bar}  58 %  loss 0.1235  1,203 examples/s  1:07 left`);
  });

  it("counts iterations of all of them", () => {
    const iteration: BatchProgress = { ...progress, unit: "iteration", epoch: 3, epochs: 12, batch: 3, batches: 12 };
    expect(progressLine(iteration, 80)).toMatch(/^iteration 3\/12 ━+─+ {2}25 % {2}loss 0\.1235 {2}/);
  });

  it("is never wider than the terminal", () => {
    for (let width = 0; width < 130; width++) expect(progressLine(progress, width).length).toBeLessThanOrEqual(width);
    expect(progressLine(progress, 60)).toBe("epoch 3/10   58 %  loss 0.1235  1,203 examples/s  1:07 left".slice(0, 60));
  });
});

describe("terminalReporter", () => {
  it("draws in place, and leaves one line for each epoch and message", () => {
    const { stream, screen } = terminal(100);
    let now = 0;
    const reporter = terminalReporter(stream, () => now);
    reporter.batch(progress);
    expect(screen()).toEqual([progressLine(progress, 99)]);
    now = 200;
    reporter.batch({ ...progress, batch: 30 });
    expect(screen()).toEqual([progressLine({ ...progress, batch: 30 }, 99)]);
    reporter.epoch(record, 10);
    now = 400;
    reporter.batch({ ...progress, epoch: 4, batch: 1 });
    reporter.message("interrupted");
    now = 600;
    reporter.batch(progress);
    reporter.close();
    expect(screen()).toEqual([line, "interrupted", ""]);
  });

  it("draws at most every 100 ms", () => {
    const { stream, raw } = terminal(100);
    let now = 0;
    const reporter = terminalReporter(stream, () => now);
    for (; now < 1000; now += 10) reporter.batch(progress);
    expect(raw().split("\r").length - 1).toBe(10);
  });
});

describe("plain reporters", () => {
  const speak = (reporter: Reporter): void => {
    reporter.batch(progress);
    reporter.epoch(record, 10);
    reporter.message("done");
    reporter.close();
  };

  it("lineReporter writes whole lines and no control characters", () => {
    const written: string[] = [];
    speak(lineReporter((text) => written.push(text)));
    expect(written).toEqual([`${line}\n`, "done\n"]);
  });

  it("silentReporter has nothing to write to, and takes everything", () => {
    expect(() => speak(silentReporter())).not.toThrow();
  });

  it("reporterFor picks by isTTY", () => {
    const shown = (isTTY: boolean): string => {
      const parts: string[] = [];
      speak(reporterFor({ isTTY, columns: 80, write: (part) => parts.push(part) }));
      return parts.join("");
    };
    expect(shown(false)).toBe(`${line}\ndone\n`);
    expect(shown(true)).toContain("\x1b[2K");
  });
});
