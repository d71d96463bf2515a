import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { choose, reach, type TrainingPage, trainingPage } from "./training-page.js";

inBrowser("the look of the training page", () => {
  const here = {} as { page: TrainingPage };
  beforeAll(async () => {
    here.page = await trainingPage();
  }, 60_000);
  afterAll(() => here.page.close());

  test.each([
    { dark: false, width: 1280 },
    { dark: true, width: 1280 },
    { dark: true, width: 320 },
  ])(
    "dark: $dark, $width pixels: every text is 4.5 times as bright or dark as its ground, and nothing is cut off",
    async ({ dark, width }) => {
      const page = await here.page.open({ dark, width });
      await choose(page, { examples: 200, epochs: 1, channels: 1, size: 8 });
      await page.click("#start");
      await reach(page, "finished");
      await page.locator("[data-picture=weights] svg").waitFor();
      await page.evaluate(() => {
        document.querySelector("#problem")!.textContent = "a problem";
        document.querySelector<HTMLElement>("#problem")!.hidden = false;
      });
      const { weak, texts, overflow } = await page.evaluate(contrasts);
      expect(weak).toEqual([]);
      expect(texts).toBeGreaterThan(60);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.close();
    },
  );
});

/** Runs in the page: texts whose contrast with the ground is below 4.5 (WCAG 2.2, 1.4.3), those of disabled controls left out. */
function contrasts() {
  const numbersOf = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [r, g, b] = numbersOf(color)
      .slice(0, 3)
      .map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const groundOf = (node: Element | null): string => {
    for (let at = node; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      const [, , , alpha = 1] = numbersOf(backgroundColor);
      if (alpha > 0) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const weak: string[] = [];
  let texts = 0;
  for (const node of document.querySelectorAll("body *:not(option):not(optgroup):not(style):not(title):not(desc):not(script)")) {
    const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent!.trim() !== "");
    const isOff =
      node.matches(":disabled, .skip") || (node instanceof HTMLLabelElement && (node.control as HTMLInputElement | null)?.disabled);
    if (!(own || node.matches("select, input")) || isOff || !(node as HTMLElement).checkVisibility()) continue;
    const style = getComputedStyle(node);
    const color = node instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [luminance(color), luminance(groundOf(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    texts++;
    if (ratio < 4.5)
      weak.push(`${node.tagName} ${(node.textContent ?? "").trim().slice(0, 30)}: ${ratio.toFixed(2)} (${color} on ${groundOf(node)})`);
  }
  return { weak, texts, overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth };
}
