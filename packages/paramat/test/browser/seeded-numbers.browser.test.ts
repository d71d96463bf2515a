import { expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";
import { seededNumbers } from "./seeded-numbers.js";

inBrowser("a seed gives in a page what it gives in Node", () => {
  test("random numbers, generated digits and initial parameters agree to the last bit", async () => {
    const inPage = await runInPage(seededNumbers, "seeded-numbers.js");
    expect(inPage).toEqual(await seededNumbers());
    // The digits' checksum stands in the tests of @paramat/data too.
    expect(inPage.digits).toBe("3725bb52ea862f2bb85f420371fe4e9a8d87e7bd96e871c22ecc28fbf168ba7c");
  });
});
