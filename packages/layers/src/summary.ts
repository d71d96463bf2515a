import { type Shape, showShape } from "@paramat/core";

interface Summarized {
  readonly inShape: Shape;
  readonly numParams: number;
  readonly layers: readonly { readonly name: string; readonly layer: { readonly outShape: Shape; readonly numParams: number } }[];
}

/** A table of a network: layer, shape of its result, number of parameters. */
export function summary({ inShape, numParams, layers }: Summarized): string {
  const rows = [
    ["layer", "shape", "parameters"],
    ["input", showShape(inShape), ""],
    ...layers.map(({ name, layer }) => [
      name,
      showShape(layer.outShape),
      layer.numParams === 0 ? "" : layer.numParams.toLocaleString("en"),
    ]),
    ["total", "", numParams.toLocaleString("en")],
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const line = (row: readonly string[]) =>
    `${(row[0] as string).padEnd(widths[0] as number)}  ${(row[1] as string).padEnd(widths[1] as number)}  ${(row[2] as string).padStart(widths[2] as number)}`.trimEnd();
  const rule = "─".repeat((widths[0] as number) + (widths[1] as number) + (widths[2] as number) + 4);
  return [line(rows[0] as string[]), rule, ...rows.slice(1, -1).map(line), rule, line(rows.at(-1) as string[])].join("\n");
}
