import { call, input } from "@paramat/backends";
import { add, definePointwise, leaves, mul, ndarray, rebuild, sum, type Tree, type Value } from "@paramat/core";
import { type Pacer, pacer } from "../training/pacer.js";

/** ⟨a, b⟩ over all leaves. The trees have the same leaves in the same order. */
export function inner(a: Tree, b: Tree): Value {
  const others = leaves(b);
  return leaves(a)
    .map((x, i) => sum(mul(x, others[i] as Value)))
    .reduce((p, q) => add(p, q));
}

/** y + α x. */
export function plus<T extends Tree>(y: T, alpha: number, x: T): T {
  const [all, others] = [leaves(y), leaves(x)];
  const [first] = all;
  if (!first) return y;
  // One scalar for all leaves, as an argument: the kernel is the same for every α.
  const scale = ndarray(first.backend, alpha);
  return rebuild(
    y,
    all.map((leaf, i) => axpy(leaf, others[i] as Value, scale)),
  );
}

/** α x. */
export function scaled<T extends Tree>(alpha: number, x: T): T {
  return rebuild(
    x,
    leaves(x).map((leaf) => mul(leaf, alpha)),
  );
}

/** How many numbers a tree is. */
export function sizeOfTree(x: Tree): number {
  return leaves(x).reduce((count, leaf) => count + leaf.size, 0);
}

/**
 * Turns of the event loop for a method that makes new vectors like x all the time: memory of arrays that nothing refers to any more is given back in such
 * turns only, so large vectors ask for one at every call.
 */
export function pacerFor(x: Tree): Pacer {
  return pacer(sizeOfTree(x) > 10_000 ? 0 : 15);
}

const axpy = definePointwise({ name: "minimize.axpy", f: call("add", input(0), call("mul", input(2), input(1))) });
