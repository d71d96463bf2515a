import { expect, test } from "vitest";
import { inBytes } from "../../../src/wasm/memory/in-bytes.js";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [1.5 * 2 ** 20, "1.5 MiB"],
  [123_456_789, "117.7 MiB"],
  [1.2 * 2 ** 30, "1.2 GiB"],
  [2 ** 42, "4096 GiB"],
])("%d bytes are %s", (bytes, words) => {
  expect(inBytes(bytes)).toBe(words);
});
