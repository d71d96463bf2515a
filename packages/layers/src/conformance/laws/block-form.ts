import { type Value, zeros } from "@paramat/core";
import { applyBlocks, applyBlocksTranspose } from "../../structure/apply-blocks.js";
import type { BlockForm } from "../../structure/block-form.js";
import { gapBetween, gapOfNumbers } from "../gap.js";
import { type Comparison, compareAt, type Finding, type Law } from "../law.js";
import { gainOf, norm, randomPoint, roundingOf } from "../trial.js";

/** K(θ)y = U* B(θ) V y and K(θ)ᵀz = V* B(θ)ᴴ U z; V and U keep norms and are undone by their adjoints; `sameBasis` and `isReal` are so. */
export const blockForm: Law = {
  name: "block form",
  check(trial) {
    const { K, backend } = trial;
    const form = K.blockForm;
    if (!form) return { verdict: "note", error: 0, detail: "none declared" };
    const { θ, y, z } = randomPoint(trial);
    const gain = gainOf(trial);
    // A fast transform's rounding grows with the logarithm of the size.
    const limit = 20 * roundingOf({ θ, y, z }, backend);
    const comparisons: Comparison<"θ" | "y" | "z">[] = [
      ({ θ, y }) =>
        gapBetween("K(θ)y = U* B V y", K.apply(θ, y).toArray(), applyBlocks(form, θ, y), {
          scale: gain * norm(θ.toArray()) * norm(y.toArray()),
          limit,
          isResult: true,
        }),
      ({ θ, z }) =>
        gapBetween("K(θ)ᵀz = V* Bᴴ U z", K.applyTranspose(θ, z).toArray(), applyBlocksTranspose(form, θ, z), {
          scale: gain * norm(θ.toArray()) * norm(z.toArray()),
          limit,
        }),
      ...unitary("V", "y", form.analyze, form.synthesize, limit),
      ...unitary("U", "z", form.analyzeOut, form.synthesizeOut, limit),
    ];
    if (form.sameBasis) {
      comparisons.push(({ y }) => {
        const [inBasis, outBasis] = [form.analyze(y).toArray(), form.analyzeOut(y)];
        return gapBetween("V = U, as sameBasis says", inBasis, outBasis, { scale: norm(inBasis), limit });
      });
    }
    if (form.isReal) {
      comparisons.push(({ θ }) => {
        const blocks = form.blocks(θ);
        const imaginary = blocks.toArray().subarray(blocks.size / 2);
        return gapOfNumbers("the blocks are real, as isReal says", 0, norm(imaginary), { scale: norm(blocks.toArray()) || 1, limit });
      });
    }
    const found: Finding = compareAt(trial, { θ, y, z }, comparisons);
    return found.verdict === "holds" ? { ...found, detail: `${describe(form, zeros(backend, K.thetaShape))}, ${found.detail}` } : found;
  },
};

function unitary(
  name: string,
  input: "y" | "z",
  analyze: (x: Value) => Value,
  synthesize: (x: Value) => Value,
  limit: number,
): Comparison<"θ" | "y" | "z">[] {
  return [
    (at) => {
      const flat = at[input].toArray();
      return gapBetween(`${name}* ${name} ${input} = ${input}`, flat, synthesize(analyze(at[input])), { scale: norm(flat), limit });
    },
    (at) => {
      const size = norm(at[input].toArray());
      return gapOfNumbers(`‖${name}${input}‖ = ‖${input}‖`, size, norm(analyze(at[input]).toArray()), { scale: size || 1, limit });
    },
  ];
}

function describe(form: BlockForm, theta: Value): string {
  const { numBlocks, numOut, numIn, isReal } = form;
  const shape = form.blocks(theta).shape.join(", ");
  return `${numBlocks} ${isReal ? "real" : "complex"} blocks of ${numOut} × ${numIn} ([${shape}])`;
}
