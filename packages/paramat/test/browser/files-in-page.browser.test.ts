import { expect, test } from "vitest";
import { filesInPage } from "./files-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("data files in a page", () => {
  test("IDX files are packed, unpacked and read; a file that is not whole is refused with the reason", async () => {
    const { images, labels, truncated, damaged } = await runInPage(filesInPage, "files-in-page.js");
    expect(images).toEqual([0, 0.2, 0.4, 1].map(Math.fround));
    expect(labels).toEqual([3, 1]);
    for (const fault of [truncated, damaged]) {
      expect(fault).toMatch(
        /^DataError: gunzip: images\.gz is a truncated or damaged gzip file of \d+ bytes \(.+\); fetch the file again$/,
      );
    }
  });
});
