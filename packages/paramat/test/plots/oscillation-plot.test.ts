import { expect, test } from "vitest";
import { oscillationPlot } from "../../src/plots/oscillation-plot.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

const row = (path: string, at: number, frequency: number) => ({ path, row: at, energy: 1, ratio: 1, frequency });

test("a stem for each row from 0 up to its frequency, the leaves told apart, all together as a line across", async () => {
  const rows = [row(".W", 0, 2), row(".W", 1, 4), row(".V", 0, 1), row(".V", 1, Number.NaN)];
  const svg = readSvg(await oscillationPlot({ rows, frequency: 3 }));
  const panel = panelsOf(svg)[0] as Read;
  const toY = placeOn(panel, "y", false);
  const dots = find(panel, called("dot")).map((group) => find(group, named("circle")).map(({ attributes }) => Number(attributes.cy)));
  expect(dots).toEqual([[expect.closeTo(toY(2), 2), expect.closeTo(toY(4), 2)], [expect.closeTo(toY(1), 2)]]);
  expect(Number(find(find(panel, called("rule-y"))[0] as Read, named("line"))[0]?.attributes.y1)).toBeCloseTo(toY(3), 2);
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual([".W", ".V", "all: 3"]);
  expect(svg.text).toContain(".V: 1 value is NaN");
});

test("no rows", () => {
  expect(() => oscillationPlot({ rows: [], frequency: 0 })).toThrow("oscillationPlot: there is nothing to draw; 0 rows");
});
