import * as fc from "fast-check";
import { call, input } from "../expr.js";
import { agreeExactly } from "./agree.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { readIndex } from "./kernel-trial.js";
import { stored, values } from "./values.js";

const lengthAndSeed = fc.record({ length: fc.nat(20), seed: fc.nat() });

/** Numbers go in and come out unchanged, as copies; a scope keeps what it returns. */
export const buffersLaws: readonly BackendLaw[] = [
  backendLawOf(
    "buffers: upload and read are copies",
    lengthAndSeed,
    async (backend, { length, seed }) => {
      const given = stored(backend, values(length, seed));
      const source = Float64Array.from(given);
      const buffer = backend.upload(source);
      source.fill(7);
      const what = `upload and read of ${length} numbers`;
      agreeExactly(what, [buffer.length], [length]);
      const first = await backend.read(buffer);
      agreeExactly(what, first, given);
      first.fill(7);
      agreeExactly(`${what}, after changing the copy`, await backend.read(buffer), given);
      if (backend.readSync === undefined) return;
      const waited = backend.readSync(buffer);
      agreeExactly(`${what} at once`, waited, given);
      waited.fill(7);
      agreeExactly(`${what} at once, after changing the copy`, backend.readSync(buffer), given);
    },
    20,
  ),
  backendLawOf(
    "buffers: an index is a copy",
    lengthAndSeed,
    async (backend, { length, seed }) => {
      const given = values(length, seed).map((value) => Math.floor(4 * value + 3));
      const source = Int32Array.from(given);
      const index = backend.uploadIndex(source);
      source.fill(0);
      agreeExactly(`uploadIndex of ${length} positions`, await readIndex(backend, index), given);
    },
    20,
  ),
  backendLawOf(
    "buffers: scope keeps what its body returns",
    lengthAndSeed,
    async (backend, { length, seed }) => {
      const given = stored(backend, values(length, seed));
      const outside = backend.upload(given);
      const double = call("mul", 2, input(0));
      const kept = backend.scope(() => {
        const once = backend.map(double, [length], [{ buffer: outside, offset: 0, strides: [1] }]);
        const twice = backend.map(double, [length], [{ buffer: once, offset: 0, strides: [1] }]);
        return { list: [{ twice }], index: backend.uploadIndex([0]) };
      });
      // Whatever the scope freed may be handed out again; what it returned must not be.
      backend.upload(new Float64Array(length).fill(5));
      const what = `scope with ${length} numbers`;
      agreeExactly(
        `${what}, returned`,
        await backend.read(kept.list[0]!.twice),
        given.map((value) => 4 * value),
      );
      agreeExactly(`${what}, made before it`, await backend.read(outside), given);
      agreeExactly(`${what}, its index`, await readIndex(backend, kept.index), [0]);
    },
    20,
  ),
];
