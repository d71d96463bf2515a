import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { expect, test } from "vitest";
import { loadPlots } from "../../src/cli/plots.js";

test("draw SVG of their own: two losses against epochs, and one square for each entry of each stencil", async () => {
  const plots = await loadPlots();
  const curve = plots.lossCurve([
    { epoch: 1, trainLoss: 1, validationLoss: 1.5 },
    { epoch: 2, trainLoss: 0.25, validationLoss: 0.5 },
  ]);
  expect(curve).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(curve).toContain("training");
  expect(curve).toContain("validation");
  expect(curve.match(/<circle/g)).toHaveLength(4);
  const theta = ndarray(
    cpu("float64"),
    Float64Array.from({ length: 36 }, (_, i) => i - 18),
    [3, 3, 2, 2],
  );
  const stencils = plots.stencils(theta, "Stencils of conv1");
  expect(stencils.match(/<rect/g)).toHaveLength(36);
  expect(stencils).toContain("Stencils of conv1, by output channel");
  expect(stencils).toContain("input channel");
});
