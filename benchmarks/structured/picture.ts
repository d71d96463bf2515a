import type { Family } from "./families.js";
import { contractions, type Point } from "./measure.js";

/** Colours that are told apart in print and by most eyes; those of one group are neighbours in the picture. */
const palette = ["#1f5fa8", "#d1642a", "#2b8a4b", "#8e44ad", "#b8860b", "#c0392b", "#16808a", "#6b5b4d"];
const panelWidth = 300;
const panelHeight = 250;
const margin = { left: 58, right: 130, top: 34, bottom: 40 };
const titles = { apply: "K y", applyTranspose: "Kᵀ z", jacobianTranspose: "θ-gradient" } as const;
const groups: readonly (readonly [Family["group"], string])[] = [
  ["local", "few entries a row"],
  ["transformed", "through a fast transform"],
  ["factored", "factors, and free entries"],
];

/**
 * An SVG of time against n, both logarithmic: a row for each kind of structure, a column for each contraction, a line for each parameterization,
 * dense dashed and grey in every panel.
 */
export function picture(families: readonly Family[], points: readonly Point[], examples: number): string {
  const shown = points.filter((point) => point.examples === examples);
  const logs = shown.map(({ log }) => log);
  const times = shown.map(({ best }) => Math.log10(1000 * best));
  const range = {
    x: [Math.min(...logs), Math.max(...logs)] as const,
    y: [Math.floor(Math.min(...times)), Math.ceil(Math.max(...times))] as const,
  };
  const [columnWidth, rowHeight] = [panelWidth + margin.left + margin.right, panelHeight + margin.top + margin.bottom];
  const panels = groups.flatMap(([group, label], row) => {
    const members = families.filter((family) => family.group === group || (group === "factored" && family.group === "entries"));
    return contractions.map((contraction, column) => {
      const own = shown.filter((point) => point.contraction === contraction);
      const title = `${titles[contraction]}, ${label}`;
      const body = panel(title, members, own, range, row === groups.length - 1);
      return `<g transform="translate(${column * columnWidth + margin.left},${row * rowHeight + margin.top})">${body}</g>`;
    });
  });
  const [width, height] = [contractions.length * columnWidth, groups.length * rowHeight];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11">
<title>Time of K y, Kᵀz and the θ-gradient against n, for each parameterization</title>
<rect width="100%" height="100%" fill="white"/>
${panels.join("\n")}
</svg>
`;
}

interface Range {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

function panel(title: string, families: readonly Family[], points: readonly Point[], { x, y }: Range, isLast: boolean): string {
  const atX = (log: number) => ((log - x[0]) / Math.max(1, x[1] - x[0])) * panelWidth;
  const atY = (ms: number) => panelHeight - ((Math.log10(1000 * ms) - y[0]) / (y[1] - y[0])) * panelHeight;
  const decades = Array.from({ length: y[1] - y[0] + 1 }, (_, k) => y[0] + k);
  const sizes = Array.from({ length: x[1] - x[0] + 1 }, (_, k) => x[0] + k);
  const grid = [
    ...decades.map((d) => {
      const at = fixed(atY(10 ** d / 1000));
      return `<path d="M0 ${at}H${panelWidth}" stroke="#ddd"/><text x="-6" y="${at}" dy="0.32em" text-anchor="end" fill="#444">${decade(d)}</text>`;
    }),
    ...sizes.map((log) => `<path d="M${fixed(atX(log))} ${panelHeight}v4" stroke="#888"/>`),
    ...sizes
      .filter((log) => (log - x[0]) % 2 === 0)
      .map(
        (log) =>
          `<text x="${fixed(atX(log))}" y="${panelHeight + 16}" text-anchor="middle" fill="#444">2<tspan dy="-4" font-size="8">${log}</tspan></text>`,
      ),
    ...(isLast ? [`<text x="${panelWidth / 2}" y="${panelHeight + 33}" text-anchor="middle" fill="#444">n</text>`] : []),
  ];
  const lineOf = (name: string) => points.filter(({ family }) => family === name).sort((a, b) => a.log - b.log);
  const path = (name: string, attributes: string) =>
    `<path fill="none" ${attributes} d="M${lineOf(name)
      .map(({ log, best }) => `${fixed(atX(log))} ${fixed(atY(best))}`)
      .join("L")}"/>`;
  const drawn = [...families.map(({ name }) => name), "dense"].filter((name) => lineOf(name).length > 0);
  const ends = drawn.map((name) => {
    const end = lineOf(name).at(-1) as Point;
    return { name, colour: colourOf(name, families), x: atX(end.log), y: atY(end.best) };
  });
  const lines = drawn.map((name) =>
    name === "dense"
      ? path(name, 'stroke="#777" stroke-width="2" stroke-dasharray="5 3"')
      : path(name, `stroke="${colourOf(name, families)}" stroke-width="1.6"`),
  );
  const labels = apart(ends, 13).map(
    ({ name, colour, x: from, y: at, labelY }) =>
      `<path d="M${fixed(from)} ${fixed(at)}L${panelWidth + 6} ${fixed(labelY)}" stroke="${colour}" stroke-width="0.6" fill="none"/>` +
      `<text x="${panelWidth + 9}" y="${fixed(labelY)}" dy="0.32em" fill="${colour}">${name}</text>`,
  );
  return [
    `<text y="-12" font-weight="600" fill="#222">${title}</text>`,
    ...grid,
    `<path d="M0 0V${panelHeight}H${panelWidth}" fill="none" stroke="#888"/>`,
    ...lines,
    ...labels,
  ].join("\n");
}

/** Labels moved up or down until they are `distance` apart, in the order of their lines' ends. */
function apart<T extends { readonly y: number }>(ends: readonly T[], distance: number): (T & { readonly labelY: number })[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const places: number[] = [];
  for (const [i, { y }] of sorted.entries()) places.push(Math.max(y, i === 0 ? 4 : (places[i - 1] as number) + distance));
  const overflow = Math.max(0, (places.at(-1) ?? 0) - (panelHeight - 4));
  for (let i = places.length - 1, limit = panelHeight - 4; overflow > 0 && i >= 0; i--, limit -= distance) {
    places[i] = Math.min(places[i] as number, limit);
  }
  return sorted.map((end, i) => ({ ...end, labelY: places[i] as number }));
}

function colourOf(name: string, families: readonly Family[]): string {
  return name === "dense" ? "#555" : (palette[families.findIndex((family) => family.name === name) % palette.length] as string);
}

function decade(power: number): string {
  const unit = power >= 6 ? "s" : power >= 3 ? "ms" : "µs";
  return `${10 ** (power - (power >= 6 ? 6 : power >= 3 ? 3 : 0))} ${unit}`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
