import { call, input } from "@paramat/backends";
import { add, definePointwise, leaves, mul, ndarray, rebuild, sum, type Tree, type Value } from "@paramat/core";

/** ⟨a, b⟩ over all leaves, read by the host. The trees have the same leaves in the same order. */
export async function dot(a: Tree, b: Tree): Promise<number> {
  const others = leaves(b);
  const products = leaves(a).map((x, i) => sum(mul(x, others[i] as Value)));
  const total = products.reduce((p, q) => add(p, q));
  return (await total.read())[0] as number;
}

/** ‖a‖. */
export async function norm(a: Tree): Promise<number> {
  return Math.sqrt(await dot(a, a));
}

/** y + α x. */
export function plus<T extends Tree>(y: T, alpha: number, x: T): T {
  const others = leaves(x);
  const all = leaves(y);
  // One scalar for all leaves, as an argument: the kernel is the same for every α.
  const scale = all[0] && ndarray(all[0].backend, alpha);
  return rebuild(
    y,
    all.map((leaf, i) => axpy(leaf, others[i] as Value, scale as Value)),
  );
}

/** α x. */
export function scaled<T extends Tree>(alpha: number, x: T): T {
  return rebuild(
    x,
    leaves(x).map((leaf) => mul(leaf, alpha)),
  );
}

const axpy = definePointwise({ name: "minimize.axpy", f: call("add", input(0), call("mul", input(2), input(1))) });
