import type { Backend } from "@paramat/backends";
import type { Rng, Shape, Tree, Value } from "@paramat/core";

/** A step of a network before its input shape is known. */
export interface Layer {
  /** `conv`, `dense`, `relu`, … */
  readonly name: string;
  /** The layer for inputs of one shape. @throws ShapeError if the layer cannot take inputs of `inShape` */
  build(inShape: Shape): BuiltLayer;
}

/** A step of a network: examples of `inShape` to examples of `outShape`, with parameters in a tree. */
export interface BuiltLayer {
  readonly name: string;
  readonly inShape: Shape;
  readonly outShape: Shape;
  readonly numParams: number;
  /** Initial parameters; an empty object where there are none. */
  init(rng: Rng, backend: Backend): Params;
  /** @param y [examples, ...inShape] @returns [examples, ...outShape] */
  forward(params: Params, y: Value, context: ForwardContext): Value;
  /** The nearest parameters that meet the layer's constraint, where it is kept by projection. */
  project?(params: Params): Params;
}

/** Parameters of one layer by name: `{ theta, bias }`, say. */
export type Params = { readonly [name: string]: Tree };

/** What a forward pass is told besides its input. */
export interface ForwardContext {
  /** True while training: layers such as dropout behave differently then. */
  readonly training: boolean;
  /** Randomness for layers that need it while training. */
  readonly rng?: Rng;
}
