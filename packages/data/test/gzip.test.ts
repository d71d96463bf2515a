import { gunzipSync } from "node:zlib";
import { gunzip, gzip } from "@paramat/data";
import fc from "fast-check";
import { expect, test } from "vitest";

test("gunzip and zlib give the bytes back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
      const packed = await gzip(bytes);
      expect([...(await gunzip(packed, "a"))]).toEqual([...bytes]);
      expect([...gunzipSync(packed)]).toEqual([...bytes]);
    }),
  );
});

test("repetition takes less room", async () => {
  expect((await gzip(new Uint8Array(100_000))).length).toBeLessThan(1000);
});
