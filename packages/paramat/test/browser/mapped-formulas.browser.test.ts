import { expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { mappedFormulas } from "./mapped-formulas.js";
import { runInPage } from "./run-in-page.js";

inBrowser("a page whose Content-Security-Policy forbids to compile strings", () => {
  test("gives the same bits as one that allows it, through the interpreter", async () => {
    const open = await runInPage(mappedFormulas, "mapped-formulas.js");
    const strict = await runInPage(mappedFormulas, "mapped-formulas.js", { policy: "default-src 'none'; script-src 'self'" });
    expect([open.compiles, strict.compiles]).toEqual([true, false]);
    expect(strict.formulas).toEqual(open.formulas);
    expect(new Set(Object.values(strict.formulas)).size).toBe(13);
    // Sines and powers may differ in their last bit between versions of an engine; sums, products and maxima do not.
    const inNode = await mappedFormulas();
    expect([open.network, strict.network]).toEqual([inNode.network, inNode.network]);
  });
});
