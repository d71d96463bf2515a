import type { ProfileRow } from "./profile-rows.js";

const width = 900;
const lineHeight = 20;
const margin = 10;
/** Room for the longest bar. */
const barWidth = 300;
/** The short calls of a program are counted in one last bar. */
const maxBars = 40;
const maxText = 70;

/** The steps as bars, longest first, in SVG. */
export function drawProfile({
  rows,
  ms,
  runs,
}: {
  readonly rows: readonly ProfileRow[];
  readonly ms: number;
  readonly runs: number;
}): string {
  const sorted = [...rows].sort((a, b) => b.ms - a.ms);
  const rest = sorted.slice(maxBars);
  const bars = sorted.slice(0, maxBars).map((row) => ({ ms: row.ms, share: row.share, text: `%${row.id} ${row.details}` }));
  if (rest.length > 0) {
    const sum = (of: (row: ProfileRow) => number) => rest.reduce((total, row) => total + of(row), 0);
    bars.push({ ms: sum((row) => row.ms), share: sum((row) => row.share), text: `${rest.length} more` });
  }
  const longest = Math.max(...bars.map((bar) => bar.ms), Number.MIN_VALUE);
  const lines = bars.map((bar, i) => {
    const y = margin + lineHeight * (i + 1);
    const length = ((bar.ms / longest) * barWidth).toFixed(1);
    const text = `${bar.ms.toFixed(3)} ms, ${(100 * bar.share).toFixed(1)} %: ${bar.text}`;
    return [
      `<rect x="${margin}" y="${y + 2}" width="${length}" height="${lineHeight - 6}" fill="#4c78a8"/>`,
      `<text x="${margin + barWidth + 8}" y="${y + lineHeight - 7}">${escaped(text.length <= maxText ? text : `${text.slice(0, maxText)}…`)}</text>`,
    ].join("");
  });
  const height = 2 * margin + lineHeight * (bars.length + 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    "<title>Time of each kernel of a program, longest first</title>",
    `<text x="${margin}" y="${margin + 12}">${ms.toFixed(3)} ms a run, medians of ${runs} runs</text>`,
    ...lines,
    "</svg>",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
