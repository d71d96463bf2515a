import { describe, expect, test } from "vitest";
import { curvesFigure, requireSome } from "../../src/plots/curves-figure.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg, vertices } from "./read-svg.js";

const x = { label: "iteration" };
const y = { label: "value", log: true };
const points = [100, 10, 1, 0.1].map((value, i) => ({ x: i, y: value }));

const only = (svg: string) => panelsOf(readSvg(svg))[0] as Read;
const path = (panel: Read) => find(find(panel, called("line"))[0] as Read, named("path"))[0];

describe("curvesFigure", () => {
  test("every vertex, mark, rule and error bar stands where the axes say", async () => {
    const bars = points.map((p) => ({ ...p, low: p.y / 2, high: p.y * 3 }));
    const marked = [{ x: 2, y: 1, text: "here" }];
    const rules = [
      { axis: "y" as const, at: 5, text: "noise" },
      { axis: "x" as const, at: 1.5, text: "rank" },
    ];
    const panel = only(await curvesFigure("T", [{ x, y, series: [{ label: "a", points: bars }], marked, rules }], {}));
    const [toX, toY] = [placeOn(panel, "x", false), placeOn(panel, "y", true)];
    const drawn = vertices(path(panel));
    expect(drawn).toHaveLength(4);
    for (const [i, p] of points.entries()) {
      expect(drawn[i]?.[0]).toBeCloseTo(toX(p.x), 2);
      expect(drawn[i]?.[1]).toBeCloseTo(toY(p.y), 2);
    }
    const ring = find(find(panel, called("marked"))[0] as Read, named("circle"))[0]?.attributes;
    expect(Number(ring?.cx)).toBeCloseTo(toX(2), 2);
    expect(Number(ring?.cy)).toBeCloseTo(toY(1), 2);
    const ruleY = find(find(panel, called("rule-y"))[0] as Read, named("line"))[0]?.attributes;
    expect(Number(ruleY?.y1)).toBeCloseTo(toY(5), 2);
    const ruleX = find(find(panel, called("rule-x"))[0] as Read, named("line"))[0]?.attributes;
    expect(Number(ruleX?.x1)).toBeCloseTo(toX(1.5), 2);
    const bar = find(find(panel, called("error-bar"))[0] as Read, named("line")).map(({ attributes }) => attributes);
    expect(bar).toHaveLength(4);
    for (const [i, p] of bars.entries()) {
      const ends = [Number(bar[i]?.y1), Number(bar[i]?.y2)].sort((a, b) => a - b);
      expect(ends[0]).toBeCloseTo(toY(p.high), 2);
      expect(ends[1]).toBeCloseTo(toY(p.low), 2);
    }
    expect(panel.text).toContain("here");
    expect(panel.text).toContain("rank");
  });

  test("labels its axes, and has a key where a panel has two curves, with rules across", async () => {
    const a = { label: "a", points };
    const one = readSvg(await curvesFigure("T", [{ x, y, series: [a] }], {}));
    expect(find(one, called("key"))).toHaveLength(0);
    expect(one.text).toContain("iteration");
    expect(one.text).toContain("value");
    const rules = [{ axis: "y" as const, at: 5, text: "noise" }];
    const two = readSvg(await curvesFigure("T", [{ x, y, series: [a, { label: "b", points, isDots: true }], rules }], {}));
    expect(find(two, called("key")).map(({ text }) => text)).toEqual(["a", "b", "noise"]);
    expect(find(find(two, called("key"))[1] as Read, named("circle"))).toHaveLength(1);
  });

  test("a curve has one colour in every panel", async () => {
    const series = [
      { label: "a", points },
      { label: "b", points },
    ];
    const svg = readSvg(
      await curvesFigure(
        "T",
        [
          { x, y, series },
          { x, y, series: series.slice(1) },
        ],
        {},
      ),
    );
    const colors = panelsOf(svg).map((panel) => find(panel, called("line")).map(({ attributes }) => attributes.stroke));
    expect(colors[1]).toEqual([colors[0]?.[1]]);
    expect(colors[0]?.[0]).not.toBe(colors[0]?.[1]);
  });

  test("NaN, ∞ and what a logarithmic axis cannot show are gaps and said", async () => {
    const broken = [1, 2, Number.NaN, 3, 4, Number.POSITIVE_INFINITY, 5, -1, 6, 7].map((value, i) => ({ x: i, y: value }));
    const svg = await curvesFigure("T", [{ x, y, series: [{ label: "a", points: broken }] }], {});
    const panel = only(svg);
    expect(path(panel)?.attributes.d?.match(/M/g)).toHaveLength(4);
    expect(find(find(panel, called("dot"))[0] as Read, named("circle"))).toHaveLength(7);
    expect(readSvg(svg).text).toContain("Gaps: a: 2 values are NaN or infinite; a: 1 value is ≤ 0, which a logarithmic axis cannot show.");
    expect(svg).not.toMatch(/NaN[,"]|Infinity/);
  });

  test("a curve without any number that can be drawn is an empty picture that says so", async () => {
    const svg = await curvesFigure("T", [{ x, y, series: [{ label: "a", points: [{ x: 0, y: Number.NaN }] }] }], {});
    expect(svg).toContain("no value that can be drawn");
    expect(svg).toContain("1 value is NaN or infinite");
  });

  test("a mark or a rule without a place is said, not drawn", async () => {
    const marked = [{ x: Number.NaN, y: 1, text: "corner" }];
    const rules = [{ axis: "y" as const, at: 0, text: "noise" }];
    const svg = await curvesFigure("T", [{ x, y, series: [{ label: "a", points }], marked, rules }], {});
    expect(find(readSvg(svg), (e) => ["marked", "rule-y"].includes(e.attributes.class ?? ""))).toHaveLength(0);
    expect(svg).toContain("corner: has no place on these axes; noise: has no place on these axes");
  });

  test("one point, and points of one value, have a place", async () => {
    for (const values of [[3], [3, 3, 3], [0]]) {
      const flat = values.map((value, i) => ({ x: i, y: value }));
      const svg = await curvesFigure("T", [{ x, y: { label: "v" }, series: [{ label: "a", points: flat }] }], {});
      expect(find(readSvg(svg), (e) => e.name === "circle")).toHaveLength(values.length);
      expect(svg).not.toContain("NaN");
    }
  });

  test("the same data gives the same bytes, and no id that another picture in the page could have", async () => {
    const make = () => curvesFigure("T", [{ x, y, series: [{ label: "a", points }], marked: [{ x: 1, y: 10, text: "m" }] }], {});
    expect(await make()).toBe(await make());
    expect(await make()).not.toMatch(/\sid="|⚠/);
  });

  test("requireSome says what is missing", () => {
    expect(() => requireSome("historyPlot", 0, "epochs")).toThrow("historyPlot: there is nothing to draw; 0 epochs; give at least one");
    expect(() => requireSome("minimizersPlot", Number.NEGATIVE_INFINITY, "rows")).toThrow(RangeError);
    requireSome("historyPlot", 1, "epochs");
  });
});
