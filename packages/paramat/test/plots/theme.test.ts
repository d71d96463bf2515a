import { expect, test } from "vitest";
import { faint, ground, seriesColor, seriesDash, styleSheet } from "../../src/plots/theme.js";

const numSeries = 7;

/** Relative luminance of #rrggbb (WCAG 2.2). */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** What the dark rules make of a colour. */
function inDark(color: string): string {
  return styleSheet("dark", "p").match(new RegExp(`\\[fill="${color}"\\] \\{ fill: (#\\w+)`))?.[1] ?? "";
}

test("lines stand out from the ground by 3 : 1 and words by 4.5 : 1, in light and in dark", () => {
  for (let i = 0; i < numSeries; i++) {
    expect(contrast(seriesColor(i), ground)).toBeGreaterThan(3);
    expect(contrast(inDark(seriesColor(i)), inDark(ground))).toBeGreaterThan(3);
  }
  expect(contrast(faint, ground)).toBeGreaterThan(4.5);
  expect(contrast(inDark(faint), inDark(ground))).toBeGreaterThan(4.5);
  const inks = [...styleSheet("dark", "p").matchAll(/\.p \{ color: (#\w+) \}/g)].map(([, color]) => color as string);
  expect(inks).toHaveLength(2);
  expect(contrast(inks[0] as string, ground)).toBeGreaterThan(7);
  expect(contrast(inks[1] as string, inDark(ground))).toBeGreaterThan(7);
});

test("dozens of series differ in colour or dashes", () => {
  const looks = Array.from({ length: 42 }, (_, i) => `${seriesColor(i)} ${seriesDash(i)}`);
  expect(new Set(looks).size).toBe(42);
});

test("auto asks the reader's system, light and dark do not", () => {
  expect(styleSheet("auto", "p")).toContain("@media (prefers-color-scheme: dark)");
  expect(styleSheet("light", "p") + styleSheet("dark", "p")).not.toContain("@media");
  expect(styleSheet("light", "p")).not.toContain("[fill=");
});
