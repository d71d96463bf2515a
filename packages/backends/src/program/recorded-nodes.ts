import type { Backend, Buffer, IndexBuffer, Precision } from "../backend.js";
import { BackendError } from "../errors.js";
import { type CallKey, sameEntries } from "./call-key.js";
import type { ConstantNode, Graph, Node } from "./graph.js";
import { atUserLine } from "./user-line.js";

/** The numbers as a buffer of this precision holds them. */
export function roundedTo(precision: Precision, values: ArrayLike<number>): Float64Array | Float32Array {
  return precision === "float64" ? Float64Array.from(values) : Float32Array.from(values);
}

/** A buffer of the target as a constant. A single number is read, where that needs no waiting, so that formulas may take it in. */
export function constantOf(target: Backend, buffer: Buffer | IndexBuffer): ConstantNode {
  const isIndex = "isIndex" in buffer;
  const constant = { kind: "constant", length: buffer.length, isIndex, buffer } as const;
  return buffer.length === 1 && !isIndex && target.readSync ? { ...constant, values: target.readSync(buffer) } : constant;
}

/**
 * That a node of the second recording repeats the one of the first.
 * @throws BackendError naming the user's line that is running
 */
export function requireSameNode(target: Backend, keyOf: CallKey, first: Node | undefined, second: Node): void {
  if (first?.kind === "constant" && second.kind === "constant") {
    if (!sameConstant(target, first, second)) throw frozen("numbers");
  } else if (first === undefined || !sameWork(keyOf, first, second)) {
    throw frozen("calls");
  }
}

/**
 * That the second recording, done, made no less than the first, and gave the same of it.
 * @throws BackendError naming the user's line that is running
 */
export function requireSameResults(first: Graph, second: Graph): void {
  if (first.nodes.length !== second.nodes.length || !sameEntries(first.outputs, second.outputs)) throw frozen("calls");
}

function sameWork(keyOf: CallKey, a: Node, b: Node): boolean {
  if (a.kind !== b.kind || a.length !== b.length) return false;
  if (a.kind === "call" && b.kind === "call") return keyOf(a.call) === keyOf(b.call);
  if (a.kind === "draw" && b.kind === "draw") return a.stream === b.stream;
  return !(a.kind === "host" && b.kind === "host") || a.input === b.input;
}

function sameConstant(target: Backend, a: ConstantNode, b: ConstantNode): boolean {
  if (a.isIndex !== b.isIndex || a.length !== b.length) return false;
  if (a.values && b.values) return sameEntries(a.values, b.values);
  if (a.buffer === b.buffer) return true;
  // Positions cannot be read back; those of argmaxWindows on constants are the same each time.
  if (!a.buffer || !b.buffer || a.isIndex || !target.readSync) return a.isIndex;
  return sameEntries(target.readSync(a.buffer as Buffer), target.readSync(b.buffer as Buffer));
}

function frozen(what: "numbers" | "calls"): BackendError {
  const found =
    what === "numbers"
      ? "an array is made of other numbers each time the function runs"
      : "the function does something else each time it runs";
  return new BackendError(
    `compile: ${found}${atUserLine()}; the program would keep what the recording met (a random number, the time, a counter): ` +
      "pass it as an argument, and draw random arrays from an Rng that is an argument: uniformArray(rng, backend, shape)",
  );
}
