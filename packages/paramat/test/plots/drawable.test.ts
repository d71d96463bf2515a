import { expect, test } from "vitest";
import { drawable } from "../../src/plots/drawable.js";

const points = [1, Number.NaN, 0, -2, Number.POSITIVE_INFINITY, 3].map((y, x) => ({ x, y }));

test("what cannot be drawn is a gap and said", () => {
  const onLog = drawable("loss", points, { label: "x" }, { label: "y", log: true });
  expect(onLog.points.map(({ y }) => Number.isFinite(y))).toEqual([true, false, false, false, false, true]);
  expect(onLog.notes).toEqual(["loss: 2 values are NaN or infinite", "loss: 2 values are ≤ 0, which a logarithmic axis cannot show"]);
  const linear = drawable("loss", points, { label: "x" }, { label: "y" });
  expect(linear.points.filter(({ y }) => Number.isFinite(y))).toHaveLength(4);
});

test("x is looked at too, and nothing is said of what is all there", () => {
  expect(drawable("a", [{ x: 0, y: 1 }], { label: "x", log: true }, { label: "y" }).notes).toEqual([
    "a: 1 value is ≤ 0, which a logarithmic axis cannot show",
  ]);
  expect(drawable("a", [{ x: 0, y: 1 }], { label: "x" }, { label: "y" })).toEqual({ points: [{ x: 0, y: 1 }], notes: [] });
});
