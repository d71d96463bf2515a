import { expect, test } from "vitest";
import { findBuffers } from "../../src/buffers/find-buffers.js";
import { OwnedBuffer } from "../../src/buffers/owned-buffer.js";

const buffer = (): OwnedBuffer => new OwnedBuffer("wasm", 1, false, 0, 1024);

test("buffers are found in arrays, maps, sets and objects of any class, through circles, each once", () => {
  const [a, b, c, d, e, f] = Array.from({ length: 6 }, buffer);
  class Holder {
    constructor(readonly held: unknown) {}
  }
  const value: Record<string, unknown> = {
    a,
    again: [a],
    b: new Holder([b]),
    c: new Set([c]),
    d: new Map([[d, e]]),
    nothing: null,
    f: [[[f]]],
  };
  value["self"] = value;
  expect(findBuffers(value)).toEqual(new Set([a, b, c, d, e, f]));
  expect(findBuffers(a)).toEqual(new Set([a]));
});

test("functions, backends and what is not an object hold none", () => {
  const held = buffer();
  const backend = { upload: () => held, scope: () => held, cache: held };
  for (const value of [undefined, null, 3, "text", () => held, backend, new Float64Array(3)]) expect(findBuffers(value).size).toBe(0);
});
