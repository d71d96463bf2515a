/** `auto`: light, or dark where the reader's system or the page around asks for dark. */
export type Theme = "auto" | "light" | "dark";

interface Look {
  readonly ground: string;
  /** Of lines and words beside the data. */
  readonly faint: string;
  readonly series: readonly string[];
}

/** Okabe and Ito's colours, which all readers tell apart ("Color Universal Design", 2008), some of them darker to show on white. */
const light: Look = {
  ground: "#ffffff",
  faint: "#68707a",
  series: ["#0072b2", "#d55e00", "#008060", "#a64d86", "#9a6700", "#4a4aa0", "#3b3b3b"],
};

const dark: Look = {
  ground: "#0d1117",
  faint: "#9198a1",
  series: ["#56b4e9", "#ff8c42", "#2fc79b", "#e093c0", "#e6b800", "#a9a9f5", "#d0d0d0"],
};

const lightInk = "#1f2328";
const darkInk = "#e6edf3";

/** Of text and axes. */
export const ink = "currentColor";
export const { ground, faint } = light;

/** The colour of series i. Past the last they come again; the dashes tell them apart. */
export function seriesColor(i: number): string {
  return light.series[i % light.series.length] as string;
}

/** The dashes of series i, so that colour is not all that tells two lines apart; none for the first. */
export function seriesDash(i: number): string | undefined {
  const patterns = [undefined, "7 3", "2 3", "9 3 2 3", "12 4", "4 2"];
  return patterns[i % patterns.length];
}

/**
 * The style sheet of a figure of a class. Colours stand in the drawing as attributes, those of the light look, which every program that shows SVG reads;
 * the rules for dark replace them one by one.
 */
export function styleSheet(theme: Theme, name: string): string {
  const base = [`.${name} { color: ${lightInk} }`, `.${name} text { white-space: pre }`];
  if (theme === "light") return base.join("\n");
  const pairs = [[light.ground, dark.ground] as const, [light.faint, dark.faint] as const].concat(
    light.series.map((color, i) => [color, dark.series[i] as string] as const),
  );
  const rules = [
    `.${name} { color: ${darkInk} }`,
    ...pairs.flatMap(([from, to]) => ["fill", "stroke"].map((part) => `.${name} [${part}="${from}"] { ${part}: ${to} }`)),
  ];
  return (theme === "dark" ? [...base, ...rules] : [...base, "@media (prefers-color-scheme: dark) {", ...rules, "}"]).join("\n");
}

/** The colour of text where no style sheet is read. */
export const plainInk = (theme: Theme): string => (theme === "dark" ? darkInk : lightInk);
