import { isValue, type Shape, ShapeError, sameShape, showShape, sizeOf, type Tree, type Value } from "@paramat/core";
import type { BuiltLayer, Params } from "../layer.js";
import { hasOperator } from "../layers/operator-layer.js";
import type { NamedLayer, Network, NetworkParams } from "../network.js";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { isRediscretizable, type RediscretizeOptions, rediscretize } from "./rediscretize.js";
import { resampleDense } from "./resample-dense.js";

export interface RediscretizeNetworkOptions extends Pick<RediscretizeOptions, "by"> {
  /** Rules of your own for some layers, by their names in the network: parameters on the first grid to parameters on the second. */
  readonly layers?: { readonly [name: string]: (params: Params, from: BuiltLayer, to: BuiltLayer) => Params };
}

/**
 * The parameters with which `to` does on its grid what `from` does on its own with `params`. For each layer:
 * stencils and what is made of them are re-discretized from the points of the one input to those of the other (`rediscretize`), dense weights on images
 * are resampled (`resampleDense`), and biases stay, as do layers whose input has the same shape in both networks, and those without a K.
 * @param from the network that `params` belong to
 * @param to the same layers built for another grid; windows of pooling grow with it
 * @throws ShapeError naming the layer, if the layers differ, K is of a kind without a rule, or its parameters have another shape on the second grid
 */
export function rediscretizeNetwork(
  params: NetworkParams,
  from: Network,
  to: Network,
  options: RediscretizeNetworkOptions = {},
): NetworkParams {
  const op = "rediscretizeNetwork";
  const names = (net: Network) => net.layers.map(({ name }) => name).join(", ");
  if (names(from) !== names(to))
    throw new ShapeError(`${op}: from ${names(from)} to ${names(to)}; both networks must have the same layers`);
  const entries = from.layers.flatMap(({ name, layer }, index): [string, Params][] => {
    const own = params[name];
    if (!own) return [];
    const other = (to.layers[index] as NamedLayer).layer;
    const rule = options.layers?.[name];
    if (rule) return [[name, rule(own, layer, other)]];
    if (!hasOperator(layer) || !hasOperator(other)) return [[name, own]];
    const [before, after] = [shapeBefore(from, index), shapeBefore(to, index)];
    const theta = sameShape(before, after) ? (own["theta"] as Tree) : carried(layer.operator, own["theta"] as Tree, before, after, options);
    if (theta === null) {
      throw new ShapeError(
        `${op}: at ${name}: ${layer.operator.name} does not say what its parameters for ${showShape(before)} are on ${showShape(after)}; ${remedy(name)}`,
      );
    }
    const want = thetaShapeOf(other.operator);
    if (want && isValue(theta) && !sameShape(theta.shape, want)) {
      throw new ShapeError(
        `${op}: at ${name}: theta is ${showShape(theta.shape)}, on the second grid it must be ${showShape(want)}; build the layer for that shape, or ${remedy(name)}`,
      );
    }
    return [[name, { ...own, theta }]];
  });
  return Object.fromEntries(entries);
}

/** null where K is of a kind for which there is no rule. */
function carried(K: ParametricOperator, theta: Tree, from: Shape, to: Shape, { by }: RediscretizeNetworkOptions): Tree | null {
  const grids = { from: from.slice(0, -1), to: to.slice(0, -1), ...(by && { by }) };
  if (isRediscretizable(K)) return K.rediscretize(theta, grids);
  if (K.name === "convolution") return rediscretize(theta as Value, grids);
  return K.name === "denseMatrix" ? resampleDense(theta as Value, from, to) : null;
}

function remedy(name: string): string {
  return `give a rule: layers: { ${name}: (params, from, to) => … }`;
}

/** Shape of one example before it was made a vector: the input of the layer, or of the flatten before it. */
function shapeBefore({ layers }: Network, index: number): Shape {
  const { inShape } = (layers[index] as NamedLayer).layer;
  if (inShape.length > 1) return inShape;
  for (let before = index - 1; before >= 0; before--) {
    const { layer } = layers[before] as NamedLayer;
    if (layer.numParams > 0 || sizeOf(layer.inShape) !== sizeOf(inShape)) break;
    if (layer.inShape.length > 1) return layer.inShape;
  }
  return inShape;
}

function thetaShapeOf(K: ParametricOperator): Shape | null {
  return "thetaShape" in K ? (K.thetaShape as Shape) : null;
}
