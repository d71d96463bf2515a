import { call, input } from "@paramat/backends";
import { add, definePointwise, leaves, mul, ndarray, rebuild, sum, type Tree, type Value } from "@paramat/core";
import { type Pacer, pacer } from "../training/pacer.js";
import { keepInScope } from "../training/training-state.js";

/** ⟨a, b⟩ over all leaves, read by the host. The trees have the same leaves in the same order. */
export async function dot(a: Tree, b: Tree): Promise<number> {
  const others = leaves(b);
  const total = inScope(leaves(a), (all) => [all.map((x, i) => sum(mul(x, others[i] as Value))).reduce((p, q) => add(p, q))])[0] as Value;
  return (await total.read())[0] as number;
}

/** ‖a‖. */
export async function norm(a: Tree): Promise<number> {
  return Math.sqrt(await dot(a, a));
}

/** y + α x. */
export function plus<T extends Tree>(y: T, alpha: number, x: T): T {
  const others = leaves(x);
  return rebuild(
    y,
    inScope(leaves(y), (all) => {
      // One scalar for all leaves, as an argument: the kernel is the same for every α.
      const scale = ndarray((all[0] as Value).backend, alpha);
      return all.map((leaf, i) => axpy(leaf, others[i] as Value, scale));
    }),
  );
}

/** α x. */
export function scaled<T extends Tree>(alpha: number, x: T): T {
  return rebuild(
    x,
    inScope(leaves(x), (all) => all.map((leaf) => mul(leaf, alpha))),
  );
}

/**
 * Turns of the event loop for a method that makes new vectors like x all the time: memory of arrays that nothing refers to any more is given back in such
 * turns only, so large vectors ask for one at every call.
 */
export function pacerFor(x: Tree): Pacer {
  const size = leaves(x).reduce((count, leaf) => count + leaf.size, 0);
  return pacer(size > 10_000 ? 0 : 15);
}

/** What `body` makes of leaves, and nothing else: what lies between is freed at once. */
function inScope(all: readonly Value[], body: (all: readonly Value[]) => readonly Value[]): readonly Value[] {
  const [first] = all;
  return first
    ? keepInScope(
        first.backend,
        () => body(all),
        (made) => made,
      )
    : [];
}

const axpy = definePointwise({ name: "minimize.axpy", f: call("add", input(0), call("mul", input(2), input(1))) });
