import type { Backend, Contraction, ConvGeometry } from "../backend.js";
import { convOutGrid } from "../out-grid.js";
import { applyGrouped, applyTransposeGrouped, type ConvTables, jacobianTransposeGrouped } from "./convolve-grouped.js";
import { numEntries, offsets, rowMajorStrides } from "./offsets.js";
import type { Multiply } from "./product.js";
import { type Floats, floatsOf, type Storage } from "./storage.js";

/**
 * z[e, i, o] = Σ_{j, c} θ[j, c, o] · y[e, stride·i + dilation·(kernel − 1 − j), …] and its two other contractions.
 * @remarks Position p = (e, i) and tap t = (j, c) meet y at cells[p] + taps[t], so each contraction is one matrix product read through
 * those tables: positions × taps · taps × channels; positions × channels · channels × taps, added into y; and taps × positions ·
 * positions × channels.
 */
export function createConvolve(storage: Storage, multiply: Multiply): Backend["convolve"] {
  return (which, geometry, first, second) => {
    const tables = tablesOf(geometry);
    const { cells, taps, channelsOut } = tables;
    const a = floatsOf(first);
    const b = floatsOf(second);
    const out = storage.accumulator(lengthOf(which, geometry, tables));
    // Without positions, taps or channels there is nothing to add.
    if (cells.length * taps.length * channelsOut === 0) return storage.finish(out);
    const perGroup = channelsOut / geometry.groups;
    const fewChannels = perGroup < 4;
    if (fewChannels && (geometry.groups > 1 || which === "applyTranspose")) {
      if (which === "apply") applyGrouped(tables, a, b, out);
      else if (which === "applyTranspose") applyTransposeGrouped(tables, a, b, out);
      else jacobianTransposeGrouped(tables, a, b, out);
      return storage.finish(out);
    }
    for (let g = 0; g < geometry.groups; g++) contractGroup(multiply, which, geometry, tables, g, a, b, out);
    return storage.finish(out);
  };
}

function contractGroup(
  multiply: Multiply,
  which: Contraction,
  { groups, channelsIn }: ConvGeometry,
  { cells, taps, channelsOut }: ConvTables,
  g: number,
  a: Floats,
  b: Floats,
  out: Float64Array,
): void {
  const perGroup = channelsOut / groups;
  const channels = offsets([perGroup], [1]);
  const weights = offsets([taps.length], [channelsOut]);
  const positions = offsets([cells.length], [channelsOut]);
  const inBase = g * (channelsIn / groups);
  const outBase = g * perGroup;
  if (which === "apply") {
    multiply(
      { data: b, base: inBase, outer: cells, inner: taps },
      { data: a, base: outBase, outer: channels, inner: weights },
      { data: out, base: outBase, rows: positions, cols: channels },
    );
  } else if (which === "applyTranspose") {
    multiply(
      { data: b, base: outBase, outer: positions, inner: channels },
      { data: a, base: outBase, outer: weights, inner: channels },
      { data: out, base: inBase, rows: cells, cols: taps },
    );
  } else {
    multiply(
      { data: a, base: inBase, outer: taps, inner: cells },
      { data: b, base: outBase, outer: channels, inner: positions },
      { data: out, base: outBase, rows: weights, cols: channels },
    );
  }
}

function tablesOf(geometry: ConvGeometry): ConvTables {
  const { examples, grid, kernel, stride, dilation, groups, channelsIn, channelsOut } = geometry;
  const outGrid = convOutGrid(geometry);
  const strides = rowMajorStrides(grid, channelsIn);
  const channelsPerGroup = channelsIn / groups;
  const outPerGroup = channelsOut / groups;
  const last = strides.reduce((sum, s, a) => sum + dilation[a]! * (kernel[a]! - 1) * s, 0);
  return {
    cells: offsets([examples, ...outGrid], [numEntries(grid) * channelsIn, ...strides.map((s, a) => stride[a]! * s)]),
    taps: offsets([...kernel, channelsPerGroup], [...strides.map((s, a) => -dilation[a]! * s), 1], last),
    groupStarts: Int32Array.from({ length: channelsOut }, (_, o) => Math.floor(o / outPerGroup) * channelsPerGroup),
    channelsOut,
  };
}

function lengthOf(which: Contraction, geometry: ConvGeometry, tables: ConvTables): number {
  if (which === "apply") return tables.cells.length * geometry.channelsOut;
  if (which === "applyTranspose") return geometry.examples * numEntries(geometry.grid) * geometry.channelsIn;
  return tables.taps.length * geometry.channelsOut;
}
