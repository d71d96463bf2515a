import { describe, expect, test } from "vitest";
import { figure, textWidth } from "../../src/plots/figure.js";
import { svgElement } from "../../src/plots/svg-document.js";
import { called, find, named, readSvg } from "./read-svg.js";

const panel = { height: 50, draw: (y: number) => svgElement("rect", { class: "panel", y, height: 50 }) };

describe("figure", () => {
  test("has a name and a description for screen readers, and a ground of its own", () => {
    const svg = readSvg(figure({ title: "A < B", caption: ["first", "second"], panels: [] }, {}));
    expect(svg.attributes).toMatchObject({ xmlns: "http://www.w3.org/2000/svg", role: "img", "aria-label": "A < B", width: "640" });
    expect(svg.children.slice(0, 2).map(({ name, text }) => [name, text])).toEqual([
      ["title", "A < B"],
      ["desc", "first second"],
    ]);
    expect(find(svg, named("rect"))[0]?.attributes).toMatchObject({ width: "640", height: svg.attributes.height, fill: "#ffffff" });
  });

  test("stands its parts one below the other, none on another, all inside", () => {
    const svg = readSvg(
      figure({ title: "T", key: [{ label: "a", color: "red" }], panels: [panel, panel], caption: ["C"] }, { width: 300 }),
    );
    const text = (words: string) => find(svg, (e) => e.name === "text" && e.text === words)[0]?.attributes.y;
    const tops = find(svg, called("panel")).map(({ attributes }) => Number(attributes.y));
    const places = [Number(text("T")), Number(text("a")), ...tops, Number(text("C")), Number(svg.attributes.height)];
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
    expect((tops[1] as number) - (tops[0] as number)).toBe(50);
    expect(places.at(-2) as number).toBeGreaterThan((tops[1] as number) + 50);
  });

  test("long words go on in the next line, and keys in the next row, within the width", () => {
    const labels = Array.from({ length: 12 }, (_, i) => `series ${i}`);
    const caption = "a caption that is longer than one line ".repeat(5).trim();
    const svg = readSvg(
      figure({ title: "T", key: labels.map((label) => ({ label, color: "red" })), panels: [], caption: [caption] }, { width: 300 }),
    );
    const keys = find(svg, called("key"));
    expect(keys.map(({ text }) => text)).toEqual(labels);
    for (const key of keys) {
      const words = find(key, named("text"))[0]?.attributes;
      expect(Number(words?.x) + textWidth("series 11")).toBeLessThanOrEqual(300);
    }
    const lines = find(svg, (e) => e.name === "text" && e.attributes.fill === "#68707a");
    expect(lines.map(({ text }) => text).join(" ")).toBe(caption);
    for (const { text } of lines) expect(textWidth(text)).toBeLessThanOrEqual(300);
  });

  test("two themes in one page do not meet: each has a class of its own", () => {
    const classes = (["auto", "light", "dark"] as const).map(
      (theme) => readSvg(figure({ title: "T", panels: [] }, { theme })).attributes.class,
    );
    expect(new Set(classes).size).toBe(3);
  });
});
