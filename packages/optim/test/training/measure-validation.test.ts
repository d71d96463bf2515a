import { cpu } from "@paramat/backends";
import { add, matmul, ndarray, type Value } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { takeBatch } from "../../src/training/examples.js";
import type { Evaluation } from "../../src/training/measure.js";
import { evaluateOf } from "../../src/training/measure-validation.js";
import { type Line, lineExamples, squaredResiduals, startLine } from "./regression.js";

const backend = cpu("float64");
const batch = takeBatch(backend, lineExamples(5, 1), null, 0, 5);

/** How often `evaluate` runs for three evaluations, and what they give. */
function thrice(evaluate: (params: Line) => Partial<Evaluation>, compile: boolean) {
  let calls = 0;
  const evaluateOnce = evaluateOf<Line>({
    params: startLine(backend),
    objective: squaredResiduals,
    train: lineExamples(5, 1),
    backend,
    compile,
    evaluate(params, batch) {
      calls++;
      return { loss: squaredResiduals(params, batch, { training: false }), ...evaluate(params) };
    },
  });
  const results = [0, 1, 2].map(() => evaluateOnce(startLine(backend), batch));
  return { calls, results };
}

describe("evaluateOf", () => {
  const output = (params: Line): { output: Value } => ({ output: add(matmul(batch.inputs, params.W), params.bias) });

  it("is compiled: run for the recording alone, twice, with the numbers of the plain one", () => {
    const [compiled, plain] = [thrice(output, true), thrice(output, false)];
    expect([compiled.calls, plain.calls]).toEqual([2, 3]);
    for (const [i, { loss, output }] of compiled.results.entries()) {
      expect(Math.abs(loss.item() - (plain.results[i]?.loss.item() as number))).toBeLessThan(1e-14 * loss.item());
      expect(output?.toArray()).toEqual(plain.results[i]?.output?.toArray());
    }
  });

  it("runs as it is where it reads values", () => {
    const counted = thrice((params) => ({ output: ndarray(backend, (params.W.toArray()[0] as number) > 0 ? 3 : 0) }), true);
    expect(counted.results.map((r) => r.output?.item())).toEqual([3, 3, 3]);
  });

  it("passes on what it throws by itself", () => {
    const mine = () => {
      throw new Error("mine");
    };
    expect(() => thrice(mine, true)).toThrow("mine");
  });
});
