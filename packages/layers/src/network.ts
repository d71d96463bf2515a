import type { Backend } from "@paramat/backends";
import { type Rng, type Shape, ShapeError, sameShape, showShape, type Value } from "@paramat/core";
import type { BuiltLayer, ForwardContext, Layer, Params } from "./layer.js";
import { summary } from "./summary.js";

/** Layers one after another. Its parameters are a tree: the name of each layer that has any, `conv1` say, to that layer's. */
export interface Network {
  readonly inShape: Shape;
  readonly outShape: Shape;
  readonly numParams: number;
  readonly layers: readonly NamedLayer[];
  init(rng: Rng, backend: Backend): NetworkParams;
  /**
   * @param y [examples, ...inShape]
   * @returns [examples, ...outShape]
   * @throws ShapeError if y has another shape
   */
  forward(params: NetworkParams, y: Value, context?: ForwardContext): Value;
  /** The nearest parameters that meet the constraints of the layers that keep theirs by projection; what a projected method does after each step. */
  project(params: NetworkParams): NetworkParams;
  /** A table: layer, shape of its result, number of parameters. */
  summary(): string;
}

export type NetworkParams = { readonly [layer: string]: Params };

/** A layer with a name of its own in the network: its kind and a count. */
export interface NamedLayer {
  readonly name: string;
  readonly layer: BuiltLayer;
}

/**
 * z = f_L(… f₂(f₁(y))), shapes inferred layer by layer.
 * @param inShape of one example: [...grid, channels] for images
 * @throws ShapeError naming the layer that cannot take what comes before it
 * @example
 * import { conv, dense, maxPooling, network } from "@paramat/layers";
 * const net = network([conv({ channels: 4, kernel: 3 }), maxPooling({ window: 2 }), dense(10)], { inShape: [8, 8, 1] });
 * net.numParams; // → 690
 */
export function network(layers: readonly Layer[], { inShape }: { readonly inShape: Shape }): Network {
  const counts = new Map<string, number>();
  const named: NamedLayer[] = [];
  let shape = inShape;
  for (const layer of layers) {
    const count = (counts.get(layer.name) ?? 0) + 1;
    counts.set(layer.name, count);
    const built = buildAt(layer, `${layer.name}${count}`, shape);
    named.push({ name: `${layer.name}${count}`, layer: built });
    shape = built.outShape;
  }
  const withParams = named.filter(({ layer }) => layer.numParams > 0);
  const result: Network = {
    inShape,
    outShape: shape,
    numParams: named.reduce((total, { layer }) => total + layer.numParams, 0),
    layers: named,
    init: (rng, backend) => Object.fromEntries(withParams.map(({ name, layer }) => [name, layer.init(rng, backend)])),
    forward(params, y, context = { training: false }) {
      if (!sameShape(y.shape.slice(1), inShape)) {
        throw new ShapeError(`network: the input is ${showShape(y.shape)}; it must be [examples, ${inShape.join(", ")}]`);
      }
      return named.reduce((x, { name, layer }) => {
        const own = params[name];
        if (layer.numParams > 0 && !own)
          throw new ShapeError(`network: no parameters for ${name}; found ${Object.keys(params).join(", ") || "none"}`);
        const z = layer.forward(own ?? {}, x, context);
        if (!sameShape(z.shape.slice(1), layer.outShape)) {
          throw new ShapeError(`network: ${name} gave ${showShape(z.shape)}; it declares [examples, ${layer.outShape.join(", ")}]`);
        }
        return z;
      }, y);
    },
    project: (params) =>
      Object.fromEntries(
        withParams.map(({ name, layer }) => {
          const own = params[name] as Params;
          return [name, layer.project?.(own) ?? own];
        }),
      ),
    summary: () => summary(result),
  };
  return result;
}

function buildAt(layer: Layer, name: string, shape: Shape): BuiltLayer {
  try {
    return layer.build(shape);
  } catch (error) {
    if (error instanceof ShapeError) throw new ShapeError(`network: at ${name}: ${error.message}`, { cause: error });
    throw error;
  }
}
