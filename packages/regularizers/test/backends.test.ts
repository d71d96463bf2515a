import { wasm } from "@paramat/backends/wasm";
import { mapLeaves, toBackend } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { checkRegularizer } from "../src/laws.js";
import { logDetPenalty } from "../src/low-rank/log-det-penalty.js";
import { differencePenalty, gradientPenalty } from "../src/smoothness/difference-penalty.js";
import { laplacianPenalty } from "../src/smoothness/laplacian-penalty.js";
import { totalVariation } from "../src/smoothness/total-variation.js";
import { elasticNet } from "../src/sparsity/elastic-net.js";
import { groupNorm } from "../src/sparsity/group-norm.js";
import { sumOf } from "../src/sum-of.js";
import { tikhonov } from "../src/tikhonov.js";
import { normal } from "./fixtures/trees.js";

describe("regularizers on WebAssembly", () => {
  it.each(["float64", "float32"] as const)("keep every law in %s, run and compiled", (precision) => {
    const backend = wasm({ precision });
    const tree = { a: normal(1, 4, 5), c: [normal(2, 3)] };
    const params = mapLeaves(tree, (leaf) => toBackend(leaf, backend));
    const h = 1;
    for (const R of [
      sumOf(tikhonov(0.3), laplacianPenalty(2, { h, boundary: "periodic" })),
      laplacianPenalty(1, { h, build: "kronecker" }),
      gradientPenalty(1, { h }),
      differencePenalty(4, 0.1, { h, boundary: "antisymmetric" }),
      elasticNet(0.3),
      groupNorm(0.3),
      totalVariation(1, { h, epsilon: 0.1 }),
      logDetPenalty(1),
    ]) {
      const report = checkRegularizer(R, params);
      expect(report.ok, String(report)).toBe(true);
    }
  });
});
