/** An element of a picture, read from its text. */
export interface Read {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Read[];
  /** Its own and that of everything in it. */
  readonly text: string;
}

/** The picture's root. @throws Error where elements do not nest */
export function readSvg(svg: string): Read {
  interface Open {
    name: string;
    attributes: Record<string, string>;
    children: Read[];
    text: string;
  }
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  for (const [, close, name, rest, isEmpty, text] of svg.matchAll(/<(\/?)([\w-]+)((?:\s[\w:-]+="[^"<]*")*)(\/?)>|([^<]+)/g)) {
    const top = open.at(-1) as Open;
    if (text !== undefined) top.text += plain(text);
    else if (close) {
      if (top.name !== name) throw new Error(`</${name}> closes <${top.name}>`);
      open.pop();
      const parent = open.at(-1) as Open;
      parent.children.push(top);
      parent.text += top.text;
    } else {
      const attributes = Object.fromEntries(
        [...(rest ?? "").matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, plain(value as string)]),
      );
      const element = { name: name as string, attributes, children: [], text: "" };
      if (isEmpty) top.children.push(element);
      else open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  if (root.children.length !== 1) throw new Error(`there are ${root.children.length} roots`);
  return root.children[0] as Read;
}

/** All elements below that a test holds for, in order. */
export function find(root: Read, test: (element: Read) => boolean): readonly Read[] {
  return root.children.flatMap((child) => [...(test(child) ? [child] : []), ...find(child, test)]);
}

export const named =
  (name: string) =>
  (element: Read): boolean =>
    element.name === name;

/** Elements of a class, or with a label of Plot's. */
export const called =
  (word: string) =>
  (element: Read): boolean =>
    element.attributes.class === word || element.attributes["aria-label"] === word;

/** Where the panel's ticks stand, by what is written at them. */
export function ticks(panel: Read, axis: "x" | "y"): readonly { readonly value: number; readonly at: number }[] {
  const labels = find(panel, called(`${axis}-axis tick label`)).flatMap((group) => find(group, named("text")));
  return labels.map(({ text, attributes }) => ({
    value: numberIn(text),
    at: Number(attributes.transform?.match(/translate\(([^,]+),([^)]+)\)/)?.[axis === "x" ? 1 : 2]),
  }));
}

/** From a value to its place on an axis, through two ticks far apart: what a reader with a ruler would say. */
export function placeOn(panel: Read, axis: "x" | "y", log: boolean): (value: number) => number {
  const all = ticks(panel, axis);
  const [a, b] = [all[0], all.at(-1)];
  if (!a || !b || a === b) throw new Error(`the ${axis} axis has ${all.length} ticks`);
  const f = (v: number) => (log ? Math.log10(v) : v);
  return (value) => a.at + ((f(value) - f(a.value)) / (f(b.value) - f(a.value))) * (b.at - a.at);
}

/** The points of a path of straight lines. */
export function vertices(path: Read | undefined): readonly (readonly [number, number])[] {
  return [...(path?.attributes.d ?? "").matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
}

/** The panels of curves, from top to bottom. */
export function panelsOf(svg: Read): readonly Read[] {
  return svg.children.filter(({ name, children }) => name === "g" && children.some(called("x-axis tick label")));
}

/** The number that a label shows: −3, 0.5, 10⁻⁵, 3.2·10⁴. */
export function numberIn(text: string): number {
  const ascii = text
    .replace("−", "-")
    .replace(/10([⁻⁰¹²³⁴-⁹]+)$/, (_, power: string) => `1e${[...power].map((c) => (c === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c))).join("")}`);
  const [mantissa, power = "1"] = ascii.split("·") as [string, string?];
  return Number(mantissa) * Number(power);
}

function plain(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
