import { expect, test } from "vitest";
import { gpuRoomInPage } from "./gpu-room-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("a GPU without room", () => {
  test("is noticed on WebGPU, which would go on with zeros, and the backend works on", async () => {
    expect(await runInPage(gpuRoomInPage, "gpu-room-in-page.js", { gpu: true })).toEqual({
      large: expect.stringMatching(
        /^BackendError: gpu: no room for 17 MiB on the device, which holds \d+ MiB for this backend; use scopes, or fewer examples at a time$/,
      ),
      bytesAfter: 0,
      next: "4194305 numbers, the last 3",
      isHeld: true,
    });
  });
});
