import { expect, test } from "vitest";
import { svgDocument, svgElement } from "../../src/plots/svg-document.js";

test("elements stand in their order, with attributes and text escaped", () => {
  const figure = svgElement("g", { id: `a"<&>`, hidden: undefined }, [
    svgElement("text", { x: 1 }, "p < q & r"),
    undefined,
    svgElement("rect", {}),
  ]);
  expect(figure.outerHTML).toBe('<g id="a&quot;&lt;&amp;&gt;"><text x="1">p &lt; q &amp; r</text><rect/></g>');
  expect(figure.textContent).toBe("p < q & r");
});

test("numbers have 3 digits after the point in attributes; addresses and words are left as they are", () => {
  const path = {
    d: "M0.12345678,-3.5e0L1.00004,2",
    transform: "translate(12.0000001,1.23456e-9)",
    href: "data:0.123456",
    "aria-label": "0.123456",
  };
  expect(svgElement("path", path).outerHTML).toBe(
    '<path d="M0.123,-3.5e0L1,2" transform="translate(12,0)" href="data:0.123456" aria-label="0.123456"/>',
  );
});

test("what D3 asks of an element: children before others, styles, attributes taken away", () => {
  const g = svgDocument().createElementNS("", "g") as never as Record<string, (...args: unknown[]) => unknown> & {
    outerHTML: string;
    style: never;
  };
  const [a, b] = [svgElement("a", {}), svgElement("b", {})];
  g.appendChild?.(b);
  g.insertBefore?.(a, b);
  g.setAttribute?.("x", 1);
  g.setAttribute?.("y", 2);
  g.removeAttribute?.("x");
  expect([g.hasAttribute?.("x"), g.getAttribute?.("y")]).toEqual([false, "2"]);
  (g.style as { setProperty(name: string, value: string): void }).setProperty("color", "red");
  expect(g.outerHTML).toBe('<g y="2" style="color: red"><a/><b/></g>');
});
