import { cpu } from "@paramat/backends";
import { DataError, leaves, ndarray, paths } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../../src/checkpoints/checkpoint.js";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/checkpoints/encode-checkpoint.js";
import { someCheckpoint } from "./some-checkpoint.js";

const backend = cpu("float64");

/** Everything in a checkpoint as plain data, numbers with their bits. */
function plain(checkpoint: Checkpoint): unknown {
  const { params, optimizerState, best, ...rest } = checkpoint;
  const trees = [params, optimizerState, ...(best ? [best.params] : [])];
  const arrays = trees.flatMap((tree) => leaves(tree).map((x, i) => [paths(tree)[i], x.shape, x.toArray()]));
  return { ...rest, best: best && { epoch: best.epoch, loss: best.loss }, arrays };
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const error: unknown = await decodeCheckpoint(bytes, backend, "run.ckpt").catch((e: unknown) => e);
  expect(error).toBeInstanceOf(DataError);
  return (error as DataError).message;
}

describe("encodeCheckpoint", () => {
  it("is read back as it was, bit for bit, in both precisions", async () => {
    for (const precision of ["float64", "float32"] as const) {
      const on = cpu(precision);
      const checkpoint = someCheckpoint(on);
      const back = await decodeCheckpoint(await encodeCheckpoint(checkpoint), on);
      expect(plain(back)).toEqual(plain(checkpoint));
      expect((back.params as { layers: unknown[] }).layers[1]).toEqual({});
    }
  });

  it("keeps the bits of every finite number, −0 and the smallest among them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), async (numbers) => {
        const params = ndarray(backend, Float64Array.from(numbers));
        const back = await decodeCheckpoint(await encodeCheckpoint({ ...someCheckpoint(backend), params }), backend);
        expect(leaves(back.params)[0]?.toArray()).toEqual(Float64Array.from(numbers));
      }),
      { numRuns: 50 },
    );
  });

  it("begins with a line for people and holds numbers little-endian", async () => {
    const bytes = await encodeCheckpoint({ ...someCheckpoint(backend), params: ndarray(backend, 1), optimizerState: [], best: null });
    expect(new TextDecoder().decode(bytes.subarray(0, 19))).toBe("paramat checkpoint\n");
    // 1 is 3f f0 00 … in IEEE 754; before the sha256 stand its eight bytes, the last first.
    expect([...bytes.subarray(-40, -32)]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  });

  it("is loaded onto another precision by rounding", async () => {
    const back = await decodeCheckpoint(await encodeCheckpoint(someCheckpoint(backend)), cpu("float32"));
    expect(leaves(back.params)[1]?.toArray()).toEqual(Float64Array.of(Math.fround(0.1), -0));
  });
});

describe("decodeCheckpoint refuses", () => {
  it("what is no checkpoint", async () => {
    const want = 'checkpoint: run.ckpt is not a checkpoint: its first line is not "paramat checkpoint"; give the file that a run has saved';
    expect(await refusal(new TextEncoder().encode("PK\u0003\u0004 something else entirely"))).toBe(want);
    expect(await refusal(new Uint8Array(0))).toBe(want);
  });

  it("a newer version", async () => {
    const bytes = await encodeCheckpoint(someCheckpoint(backend));
    bytes[19] = 2;
    expect(await refusal(bytes)).toBe("checkpoint: run.ckpt has format version 2 and this program reads versions up to 1; update paramat");
  });

  it("every truncation, with the sizes", async () => {
    const bytes = await encodeCheckpoint(someCheckpoint(backend));
    for (let length = 1; length < bytes.length; length++) {
      expect(await refusal(bytes.slice(0, length))).toMatch(length < 19 ? /truncated|not a checkpoint/ : /is truncated: expected/);
    }
    expect(await refusal(bytes.slice(0, 100))).toBe(
      `checkpoint: run.ckpt is truncated: expected ${bytes.length} bytes, found 100; restore it from a copy, or train anew`,
    );
  });

  it("any changed byte", async () => {
    const bytes = await encodeCheckpoint(someCheckpoint(backend));
    for (let at = 0; at < bytes.length; at += at < 40 ? 1 : 13) {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ 0x10;
      expect(await refusal(changed)).toMatch(/is corrupt|is truncated|is not a checkpoint|has format version/);
    }
    const changed = bytes.slice();
    changed[bytes.length - 50] = (changed[bytes.length - 50] as number) ^ 1;
    expect(await refusal(changed)).toBe(
      `checkpoint: run.ckpt is corrupt: its sha256 does not fit its ${bytes.length} bytes; restore it from a copy, or train anew`,
    );
  });

  it("bytes that are too many", async () => {
    const bytes = await encodeCheckpoint(someCheckpoint(backend));
    expect(await refusal(Uint8Array.of(...bytes, 0))).toContain("is corrupt");
  });
});
