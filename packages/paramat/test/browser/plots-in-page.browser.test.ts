import { expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { plotsInPage } from "./plots-in-page.js";
import { runInPage } from "./run-in-page.js";

inBrowser("pictures in a page", () => {
  test("are byte for byte what they are in Node", async () => {
    expect(await runInPage(plotsInPage, "plots-in-page.js")).toEqual(await plotsInPage());
  });

  test("and in a worker, which has no document", async () => {
    expect(await runInPage(plotsInPage, "plots-in-page.js", { inWorker: true })).toEqual(await plotsInPage());
  });
});
