import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Examples } from "../../src/training/examples.js";
import { fingerprint } from "../../src/training/fingerprint.js";

const examples = (inputs: readonly number[], changes: Partial<Examples> = {}): Examples => ({
  size: inputs.length,
  inputs: Float64Array.from(inputs),
  inputShape: [],
  targets: new Float64Array(inputs.length),
  targetShape: [],
  ...changes,
});

describe("fingerprint", () => {
  it("is the same for the same numbers, also as a part of a longer array", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), (numbers) => {
        const within = Float64Array.from([7, ...numbers, 8]).subarray(1, numbers.length + 1);
        expect(fingerprint(examples(numbers, { inputs: within }))).toBe(fingerprint(examples(numbers)));
        expect(fingerprint(examples(numbers))).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });

  it("is another once a single number is", () => {
    const numbers = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(numbers, fc.nat(), fc.double({ noNaN: true }), (inputs, at, other) => {
        const changed = inputs.with(at % inputs.length, other);
        fc.pre(!Object.is(inputs[at % inputs.length], other));
        expect(fingerprint(examples(changed))).not.toBe(fingerprint(examples(inputs)));
        const targets = Float64Array.from(changed);
        const before = Float64Array.from(inputs);
        expect(fingerprint(examples(inputs, { targets }))).not.toBe(fingerprint(examples(inputs, { targets: before })));
      }),
    );
  });

  it("sees order, shapes and precision", () => {
    const found = [
      examples([1, 2]),
      examples([2, 1]),
      examples([1, 2], { inputShape: [1] }),
      examples([1, 2], { targetShape: [1] }),
      examples([1, 2], { inputs: Float32Array.of(1, 2) }),
    ].map(fingerprint);
    expect(new Set(found).size).toBe(5);
  });
});
