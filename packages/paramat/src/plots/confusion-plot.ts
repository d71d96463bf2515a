import type { Confusion } from "@paramat/optim";
import { requireSome } from "./curves-figure.js";
import { type FigureOptions, figure, textWidth } from "./figure.js";
import { type SvgElement, svgElement } from "./svg-document.js";
import { faint, seriesColor } from "./theme.js";

const margin = 16;
/** At most so dense, that the ink of the counts reads on it in light and in dark. */
const densest = 0.6;

/**
 * How often each class was taken for each: a row for each true class, a column for each class it was taken for, counts in the cells, shaded by the part of
 * the row; what is wrong in another colour than what is right.
 * @param labels of the classes. Default their numbers
 * @throws RangeError for no classes, or another number of labels
 */
export async function confusionPlot(
  { counts, undecided = [] }: Pick<Confusion, "counts"> & Partial<Pick<Confusion, "undecided">>,
  labels: readonly string[] = counts.map((_, i) => String(i)),
  options: FigureOptions = {},
): Promise<string> {
  const n = counts.length;
  requireSome("confusionPlot", n, "classes");
  if (labels.length !== n)
    throw new RangeError(`confusionPlot: there are ${labels.length} labels and ${n} classes; give a label for each class`);
  const left = margin + 34 + Math.max(...labels.map((label) => textWidth(label)));
  const width = options.width ?? 640;
  const side = Math.min(56, (width - left - margin) / n);
  const top = 48;
  const totals = counts.map((row, i) => row.reduce((a, b) => a + b, undecided[i] ?? 0));
  const middle = (k: number) => side * (k + 0.5);
  const cell = (count: number, i: number, j: number): SvgElement => {
    const share = count / Math.max(1, totals[i] as number);
    const place = { x: left + side * j, y: top + side * i, width: side, height: side };
    const shade = { fill: seriesColor(i === j ? 0 : 1), "fill-opacity": densest * share };
    const name = `${labels[i]} taken for ${labels[j]}: ${count} of ${totals[i]}`;
    const size = Math.min(12, (1.5 * side) / String(count).length);
    return svgElement("g", { class: "cell" }, [
      svgElement("title", {}, name),
      svgElement("rect", { ...place, ...shade, stroke: faint, "stroke-width": 0.5, "stroke-opacity": 0.5 }),
      count === 0
        ? undefined
        : svgElement(
            "text",
            { x: left + middle(j), y: top + middle(i) + size / 3, "text-anchor": "middle", "font-size": size },
            String(count),
          ),
    ]);
  };
  const columnLabels = labels.map((label, j) =>
    svgElement("text", { x: left + middle(j), y: top - 8, "text-anchor": "middle" }, short(label, side)),
  );
  const rowLabels = labels.map((label, i) => svgElement("text", { x: left - 8, y: top + middle(i) + 4, "text-anchor": "end" }, label));
  const centre = top + (side * n) / 2;
  const axes = [
    svgElement("text", { x: left + (side * n) / 2, y: 16, "text-anchor": "middle", fill: faint }, "taken for"),
    svgElement(
      "text",
      { transform: `translate(${margin + 10},${centre}) rotate(-90)`, "text-anchor": "middle", fill: faint },
      "true class",
    ),
  ];
  const grid = {
    height: top + side * n + 8,
    draw: (y: number) =>
      svgElement("g", { transform: `translate(0,${y})` }, [
        ...counts.flatMap((row, i) => row.map((count, j) => cell(count, i, j))),
        ...columnLabels,
        ...rowLabels,
        ...axes,
      ]),
  };
  const all = totals.reduce((a, b) => a + b, 0);
  const right = counts.reduce((sum, row, i) => sum + (row[i] as number), 0);
  const lost = undecided.reduce((a, b) => a + b, 0);
  const caption = [
    `${right} of ${all} right (${((100 * right) / Math.max(1, all)).toFixed(2)} %).`,
    ...(lost > 0
      ? [`${lost} of them ${lost === 1 ? "has an output that is NaN and was" : "have outputs that are NaN and were"} taken for no class.`]
      : []),
  ];
  return figure({ title: options.title ?? "Confusion matrix", panels: [grid], caption: [caption.join(" ")] }, options);
}

function short(label: string, side: number): string {
  const most = Math.max(1, Math.floor(side / textWidth("n")));
  return label.length <= most ? label : `${[...label].slice(0, most - 1).join("")}…`;
}
