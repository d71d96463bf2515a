import type { Chosen, PenaltyRecord, SeedRecord, Tried } from "./record.js";

/** What stands between the marks of docs/few-examples.md for one data set. */
export function dataSection(name: string, testImages: number, records: readonly SeedRecord[]): string {
  const percent = (tried: readonly Tried[]) => tried.map(({ accuracy }) => 100 * accuracy);
  const byLbfgs = percent(records.map(({ softmaxWithout }) => softmaxWithout));
  const byNewton = percent(records.map(({ softmaxWithoutByNewton }) => softmaxWithoutByNewton));
  const squares = percent(records.map(({ leastSquaresWithout }) => leastSquaresWithout));
  const columns = records[0]!.penalties.map(({ penalty }) => penalty);
  return [
    `### ${name}, ${records.length} draws, ${testImages} test images`,
    `Softmax classifier, percent of the test images right; in brackets the difference to the same draw without a penalty by L-BFGS. Without a penalty: **${spread(byLbfgs)}** by L-BFGS, ${spread(byNewton)} by Newton–CG (${difference(byNewton, byLbfgs)}).`,
    accuracyTable(columns, records, byLbfgs, ({ softmax }) => softmax),
    `Least-squares classifier. Without a penalty, the solution of least norm: **${spread(squares)}**.`,
    accuracyTable(columns, records, squares, ({ leastSquares }) => leastSquares),
    "λ chosen, median (smallest to largest); `!` counts choices at the border of the λ looked at, or without a corner:",
    lambdaTable(columns, records),
    "How fast the weights go up and down (`oscillation`), in periods for each pixel, softmax with λ by cross-validation of the entropy:",
    frequencyTable(columns, records),
  ].join("\n\n");
}

type Of = (record: PenaltyRecord) => readonly Chosen[];

function accuracyTable(columns: readonly string[], records: readonly SeedRecord[], without: readonly number[], of: Of): string {
  const rows = methodsOf(records, of).map((method) => {
    const cells = columns.map((_, p) => {
      const accuracy = records.map((record) => 100 * chosenBy(of(record.penalties[p]!), method).accuracy);
      return `${spread(accuracy)} (${difference(accuracy, without)})`;
    });
    return [method, ...cells];
  });
  return table(["λ chosen by", ...columns], rows);
}

function lambdaTable(columns: readonly string[], records: readonly SeedRecord[]): string {
  const both: readonly (readonly [string, Of])[] = [
    ["", ({ softmax }) => softmax],
    ["least squares: ", ({ leastSquares }) => leastSquares],
  ];
  const rows = both.flatMap(([kind, of]) =>
    methodsOf(records, of).map((method) => {
      const cells = columns.map((_, p) => {
        const chosen = records.map((record) => chosenBy(of(record.penalties[p]!), method));
        const sorted = chosen.map(({ lambda }) => lambda!).sort((a, b) => a - b);
        const flagged = chosen.filter(({ outcome }) => outcome === "at the border" || outcome === "no corner").length;
        const middle = Math.sqrt(sorted[(sorted.length - 1) >> 1]! * sorted[sorted.length >> 1]!);
        return `${short(middle)} (${short(sorted[0]!)} to ${short(sorted.at(-1)!)})${flagged > 0 ? ` !${flagged}` : ""}`;
      });
      return [`${kind}${method}`, ...cells];
    }),
  );
  return table(["λ chosen by", ...columns], rows);
}

function frequencyTable(columns: readonly string[], records: readonly SeedRecord[]): string {
  const [method] = methodsOf(records, ({ softmax }) => softmax);
  const cells = columns.map((_, p) => mean(records.map((record) => chosenBy(record.penalties[p]!.softmax, method!).frequency)).toFixed(3));
  const without = mean(records.map(({ softmaxWithout }) => softmaxWithout.frequency)).toFixed(3);
  return table(["without (L-BFGS)", ...columns], [[without, ...cells]]);
}

function methodsOf(records: readonly SeedRecord[], of: Of): readonly string[] {
  return of(records[0]!.penalties[0]!).map(({ method }) => method);
}

function chosenBy(chosen: readonly Chosen[], method: string): Chosen {
  return chosen.find((one) => one.method === method)!;
}

/** The same of the differences, one for each draw, with its sign. */
function difference(a: readonly number[], b: readonly number[]): string {
  const gained = a.map((x, k) => x - b[k]!);
  return `${mean(gained) < 0 ? "−" : "+"}${Math.abs(mean(gained)).toFixed(2)} ± ${standardError(gained).toFixed(2)}`;
}

/** Mean ± standard error of the mean. */
function spread(numbers: readonly number[]): string {
  return `${mean(numbers).toFixed(2)} ± ${standardError(numbers).toFixed(2)}`;
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}

export function standardError(numbers: readonly number[]): number {
  const middle = mean(numbers);
  const squares = numbers.reduce((sum, x) => sum + (x - middle) ** 2, 0);
  return Math.sqrt(squares / (numbers.length - 1) / numbers.length);
}

function short(x: number): string {
  if (x >= 9999.5 || x < 1e-3) return x.toExponential(0);
  return String(Number(x.toPrecision(x >= 10 ? 2 : 1)));
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map((_, k) => (k === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
