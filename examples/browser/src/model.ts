import {
  activation,
  averagePooling,
  type BuiltLayer,
  dense,
  hasOperator,
  type Layer,
  maxPooling,
  type Network,
  network,
  operatorLayer,
  type Parameterization,
  type ParametricOperator,
  parametric,
  type Shape,
  ShapeError,
  type Tree,
  tanh,
} from "paramat";
import { type Family, type FamilyId, familyOf } from "./families.js";
import { operatorOf } from "./operator-of.js";
import type { Settings } from "./settings.js";

export type ModelSettings = Pick<Settings, "family" | "width" | "channels" | "boundary" | "halve">;

/** The lecture's model C ≈ W σ(K(θ)Y + b), and what of it is looked at. */
export interface Model {
  readonly net: Network;
  /** K for one channel of the result, as an operator of images. */
  readonly K: ParametricOperator<Tree>;
  /** Shape of what W takes: [height, width, channels]. */
  readonly featureShape: Shape;
  /** The model in words: `convolution 5 × 5, 8 channels, periodic → tanh → W`. */
  readonly text: string;
}

/** Names of the layers that hold θ and W, in the tree of parameters. */
export const layerNames = { K: "K1", W: "dense1" } as const;

/**
 * The network of the settings: images, averaged over 2 × 2 pixels if that is wanted, K(θ)y + b, tanh, the largest of 2 × 2 where K has several channels,
 * and the linear classifier W.
 * @param inShape of one image, [height, width, 1]
 * @throws ShapeError if the settings do not fit the images
 */
export function modelOf(settings: ModelSettings, inShape: Shape, classes: number): Model {
  const family = familyOf(settings.family);
  const channels = family.hasChannels ? settings.channels : 1;
  const layerOf = (count: number) => kLayer(settings.family, { ...settings, channels: count });
  const first = settings.halve ? [averagePooling({ window: 2 })] : [];
  const pooled = channels > 1 ? [maxPooling({ window: 2 })] : [];
  const features = [...first, layerOf(channels), activation(tanh, "tanh"), ...pooled];
  const at = network(first, { inShape }).outShape;
  return {
    net: network([...features, dense(classes)], { inShape }),
    K: operatorIn(layerOf(1).build(at)),
    featureShape: network(features, { inShape }).outShape,
    text: [
      ...(settings.halve ? ["2 × 2 means"] : []),
      [family.name, ...detailsOf(family, settings)].join(", "),
      "tanh",
      ...(channels > 1 ? ["2 × 2 maxima"] : []),
      "W",
    ].join(" → "),
  };
}

/** K(θ)y + b under the name K; θ ≥ 0 by softplus where the family asks for it. */
function kLayer(family: FamilyId, settings: ModelSettings): Layer {
  const make = (shape: Shape) => operatorOf(family, shape, settings);
  return {
    name: "K",
    build(shape) {
      const K = make(shape);
      const isLinear = "jacobianTranspose" in K;
      return isLinear ? parametric("K", () => K as unknown as Parameterization).build(shape) : operatorLayer("K", () => K).build(shape);
    },
  };
}

function operatorIn(layer: BuiltLayer): ParametricOperator<Tree> {
  if (!hasOperator(layer)) throw new ShapeError(`modelOf: the layer ${layer.name} has no operator; it must be made of one`);
  return layer.operator;
}

function detailsOf(family: Family, { width, channels, boundary }: ModelSettings): string[] {
  const size = { "stencil width": `${width} × ${width}`, bandwidth: `bandwidth ${width}`, rank: `rank ${width}` };
  return [
    ...(family.widthIs ? [size[family.widthIs]] : []),
    ...(family.hasChannels ? [`${channels} ${channels === 1 ? "channel" : "channels"}`] : []),
    ...(family.hasBoundary ? [boundary] : []),
  ];
}
