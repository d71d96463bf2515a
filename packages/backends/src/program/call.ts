import type { Contraction, ConvGeometry, GatherLayout, MatmulSizes, Reduction, Shape, SparsePattern, WindowGeometry } from "../backend.js";
import type { Expr } from "../expr.js";

/** A `View` of what a node of the program computes, by the node's number. */
export interface NodeView {
  readonly node: number;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** A `Part` whose source is a node. */
export interface NodePart {
  readonly source: NodeView;
  readonly shape: Shape;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** One kernel call as data: the arguments of the `Backend` method (or fused kernel) of the same name, with node numbers where that has buffers. */
export type Call =
  | { readonly kind: "map"; readonly f: Expr; readonly shape: Shape; readonly inputs: readonly NodeView[] }
  | { readonly kind: "place"; readonly shape: Shape; readonly parts: readonly NodePart[] }
  | {
      readonly kind: "reduce";
      readonly reduction: Reduction;
      readonly shape: Shape;
      readonly axes: readonly number[];
      readonly input: number;
    }
  | {
      readonly kind: "scan";
      readonly outer: number;
      readonly size: number;
      readonly inner: number;
      readonly reverse: boolean;
      readonly input: number;
    }
  | { readonly kind: "contract"; readonly sizes: MatmulSizes; readonly a: NodeView; readonly b: NodeView }
  | {
      readonly kind: "convolve";
      readonly which: Contraction;
      readonly geometry: ConvGeometry;
      readonly a: number;
      readonly b: number;
    }
  | {
      readonly kind: "sparse";
      readonly which: Contraction;
      readonly pattern: SparsePattern;
      readonly examples: number;
      readonly a: number;
      readonly b: number;
    }
  | { readonly kind: "gather"; readonly layout: GatherLayout; readonly input: number; readonly index: number }
  | { readonly kind: "scatterAdd"; readonly layout: GatherLayout; readonly input: number; readonly index: number }
  | { readonly kind: "argmaxWindows"; readonly geometry: WindowGeometry; readonly input: number }
  | {
      readonly kind: "fft";
      readonly shape: Shape;
      readonly axes: readonly number[];
      readonly inverse: boolean;
      readonly input: number;
    }
  | {
      readonly kind: "mapReduce";
      readonly reduction: Reduction;
      readonly f: Expr;
      readonly shape: Shape;
      readonly axes: readonly number[];
      readonly inputs: readonly NodeView[];
    }
  | {
      readonly kind: "mapArgmaxWindows";
      readonly geometry: WindowGeometry;
      readonly f: Expr;
      readonly inputs: readonly NodeView[];
    }
  | {
      readonly kind: "realFft";
      readonly shape: Shape;
      readonly axes: readonly number[];
      readonly inverse: boolean;
      readonly input: number;
    }
  | {
      readonly kind: "realFilter";
      readonly shape: Shape;
      readonly axes: readonly number[];
      readonly conjugate: boolean;
      readonly input: number;
      readonly spectrum: number;
    };

export type CallKind = Call["kind"];

export type CallOf<K extends CallKind> = Extract<Call, { readonly kind: K }>;
