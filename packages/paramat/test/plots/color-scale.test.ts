import { expect, test } from "vitest";
import { divergingScale, grayScale } from "../../src/plots/color-scale.js";
import { clearEntry } from "../../src/plots/indexed-png.js";

test("the diverging one is white at 0, red below, blue above, as far up as down", () => {
  const scale = divergingScale([-1, 4, Number.NaN]);
  expect([scale.low, scale.high]).toEqual([-4, 4]);
  expect([-4, 0, 4].map(scale.colorOf)).toEqual(["#67001f", "#f7f7f7", "#053061"]);
  expect(divergingScale([0, 0]).colorOf(0)).toBe("#f7f7f7");
});

test("the grey one goes from the least to the largest; one grey where all are alike", () => {
  const scale = grayScale([2, 5, Number.NEGATIVE_INFINITY]);
  expect([2, 3.5, 5].map(scale.colorOf)).toEqual(["#000000", "#808080", "#ffffff"]);
  expect(grayScale([3, 3]).colorOf(3)).toBe("#000000");
  expect(grayScale([]).colorOf(0)).toBe("#000000");
});

test("what is no number is clear, and what is beyond the ends has the end's colour", () => {
  const scale = grayScale([0, 1]);
  expect([Number.NaN, Number.POSITIVE_INFINITY].map(scale.entryOf)).toEqual([clearEntry, clearEntry]);
  expect(scale.colorOf(Number.NaN)).toBe("none");
  expect([-1, 2].map(scale.colorOf)).toEqual(["#000000", "#ffffff"]);
});
