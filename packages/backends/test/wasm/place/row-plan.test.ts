import { describe, expect, it } from "vitest";
import type { Part, Shape } from "../../../src/backend.js";
import { rowMajorStrides } from "../../../src/cpu/offsets.js";
import { rowPlan } from "../../../src/wasm/place/row-plan.js";

function boxPart(shape: Shape, block: Shape, offset: number): Part {
  return {
    source: { buffer: { length: 0 }, offset: 0, strides: rowMajorStrides(block) },
    shape: block,
    offset,
    strides: rowMajorStrides(shape),
  };
}

describe("rowPlan", () => {
  it("clears round a halo, and makes it example by example", () => {
    const plan = rowPlan([64, 32, 32, 1], [boxPart([64, 32, 32, 1], [64, 28, 28, 1], 66)], 2);
    expect(plan).toMatchObject({ rows: 64, rowLength: 1024, clears: true });
    expect(plan.parts).toMatchObject([{ adds: false, firstRow: 0, step: 1, outer: { length: 64 } }]);
  });

  it("clears nothing and adds nothing where parts tile the result", () => {
    const plan = rowPlan([9, 8], [boxPart([9, 8], [9, 3], 0), boxPart([9, 8], [9, 5], 3)], 1);
    expect(plan.clears).toBe(false);
    expect(plan.parts.map(({ adds }) => adds)).toEqual([false, false]);
  });

  it("adds where a part meets an earlier one", () => {
    const plan = rowPlan([9, 8], [boxPart([9, 8], [9, 4], 0), boxPart([9, 8], [9, 5], 3)], 1);
    expect(plan.clears).toBe(true);
    expect(plan.parts.map(({ adds }) => adds)).toEqual([false, true]);
  });

  it("leaves parts without entries to the caller, and has one row where parts fit no rows", () => {
    const part: Part = { source: { buffer: { length: 0 }, offset: 0, strides: [3, 1] }, shape: [4, 3], offset: 0, strides: [1, 1] };
    expect(rowPlan([6], [part], 4)).toMatchObject({ rows: 1, rowLength: 6, clears: true, parts: [{ adds: true, outer: null }] });
    expect(rowPlan([], [], 4)).toMatchObject({ rows: 1, rowLength: 1, clears: true, parts: [] });
  });
});
