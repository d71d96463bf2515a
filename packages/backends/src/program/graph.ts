import type { Buffer, IndexBuffer } from "../backend.js";
import type { Call } from "./call.js";

/** What a recorded program computes, before it is planned: nodes in an order in which each stands after those that it reads. */
export interface Graph {
  readonly nodes: readonly Node[];
  /** Numbers of the nodes that are results; one may stand there several times. */
  readonly outputs: readonly number[];
}

export type Node = InputNode | ConstantNode | DrawNode | HostNode | CallNode;

/** Argument number `position` of the program. */
export interface InputNode {
  readonly kind: "input";
  readonly position: number;
  readonly length: number;
  /** For people: `0.conv1.theta`. */
  readonly name?: string;
}

/** The same numbers in every run: on the target already (`buffer`), known here (`values`, rounded to the target's precision), or both. */
export interface ConstantNode {
  readonly kind: "constant";
  readonly length: number;
  readonly isIndex: boolean;
  readonly buffer?: Buffer | IndexBuffer;
  readonly values?: Float64Array | Float32Array | Int32Array;
}

/** Numbers that the host draws in each run from source number `stream` of that run: `fill(source, numbers)`. Draws keep their order, and none is dropped. */
export interface DrawNode {
  readonly kind: "draw";
  readonly stream: number;
  readonly length: number;
  readonly fill: (source: unknown, out: Float64Array) => void;
}

/** [f(x)] of the one number at `input`, worked out by the host in each run. */
export interface HostNode {
  readonly kind: "host";
  readonly length: 1;
  readonly f: (x: number) => number;
  readonly input: number;
}

export interface CallNode {
  readonly kind: "call";
  readonly call: Call;
  readonly length: number;
  readonly isIndex: boolean;
}
