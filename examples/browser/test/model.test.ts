import { cpu, leaves, ndarray, reshape, rng, type Shape, slice, type Value } from "paramat";
import { describe, expect, test } from "vitest";
import { type FamilyId, families, familyOf } from "../src/families.js";
import { layerNames, modelOf } from "../src/model.js";
import { defaultSettings, type Settings } from "../src/settings.js";
import { responses, viewsOf } from "../src/views.js";

const settings: Settings = { ...defaultSettings, size: 8, width: 3, channels: 2, boundary: "zero" };
const shape: Shape = [8, 8, 1];
const all = Object.keys(families) as FamilyId[];

const randomNumbers = (count: number) => {
  const stream = rng(1);
  return Float64Array.from({ length: count }, () => stream.normal());
};

describe.each(all)("%s", (family) => {
  const { net, K, featureShape } = modelOf({ ...settings, family }, shape, 10);
  const params = net.init(rng(3), cpu());
  const run = { settings: { ...settings, family }, shape, classes: [..."0123456789"] } as unknown as Parameters<typeof viewsOf>[0];
  const views = viewsOf(run)({ leaves: leaves(params).map((leaf) => Float32Array.from(leaf.toArray())) });

  test("makes a classifier of what has the declared shape", () => {
    const images = ndarray(cpu(), randomNumbers(3 * 64), [3, ...shape]);
    expect(net.forward(params, images).shape).toEqual([3, 10]);
    expect(views.W.size).toBe(10 * featureShape.reduce((a, b) => a * b, 1));
  });

  test("K of a channel is the layer's own, cut to that channel", () => {
    const image = ndarray(cpu(), randomNumbers(64), [1, ...shape]);
    const layer = net.layers.find(({ name }) => name === layerNames.K)!.layer;
    const own = params[layerNames.K]!;
    const bias = (own["bias"] as Value).toArray();
    const whole = layer.forward(own, image, { training: false });
    const channels = familyOf(family).hasChannels ? 2 : 1;
    expect(views.thetas).toHaveLength(channels);
    for (let channel = 0; channel < channels; channel++) {
      const one = reshape(K.apply(views.thetas[channel]!, image), [64]).toArray();
      const cut = slice(whole, -1, channel, channel + 1).toArray();
      // The views have θ in single precision.
      cut.forEach((value, i) => expect(one[i]).toBeCloseTo(value - bias[channel]!, 4));
    }
  });

  test("the response to a point is a stencil, or a column of K as an image", () => {
    const { hasChannels, group } = familyOf(family);
    const side = group !== "Stencils" ? 8 : family === "pointwise" ? 1 : 3;
    expect(responses(views).shape).toEqual([side, side, 1, hasChannels ? 2 : 1]);
  });
});

test("the response of a convolution is θ, entry by entry", () => {
  const { net } = modelOf({ ...settings, family: "convolution" }, shape, 10);
  const params = net.init(rng(3), cpu());
  const run = { settings, shape, classes: [..."0123456789"] } as unknown as Parameters<typeof viewsOf>[0];
  const views = viewsOf(run)({ leaves: leaves(params).map((leaf) => Float32Array.from(leaf.toArray())) });
  const theta = (params[layerNames.K]!["theta"] as Value).toArray();
  responses(views)
    .toArray()
    .forEach((value, i) => expect(value).toBeCloseTo(theta[i]!, 6));
});

test("says the model in words", () => {
  expect(modelOf({ ...settings, family: "convolution", halve: true }, shape, 10).text).toBe(
    "2 × 2 means → convolution, 3 × 3, 2 channels, zero → tanh → 2 × 2 maxima → W",
  );
  expect(modelOf({ ...settings, family: "lowRank" }, shape, 10).text).toBe("low rank, rank 3 → tanh → W");
});
