import { type Rng, rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { beside } from "./beside.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult } from "./check-result.js";
import { type FlatFunction, flatFunction } from "./flat-function.js";
import { type FlatLeaf, locate } from "./location.js";
import { direction } from "./probes.js";
import { firstDifference, normals } from "./vectors.js";

/**
 * f, J dx and Jᵀ ct give the same bits again: at x twice, and at x after x′; and a linearization made at x is the same after one at x′.
 * State that a closure keeps from its first or its last call shows here.
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting
 */
export function repeatabilityTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckOptions = {}): CheckResult {
  const { seed } = settle(options);
  return repeatability(flatFunction("repeatabilityTest", f, x), rng(seed));
}

export function repeatability<X extends Tree>(f: FlatFunction<X>, stream: Rng): CheckResult {
  const name = "repeatable";
  const [dx, ct] = [direction(f, stream), normals(stream, f.numOut)];
  const other = beside(f, stream) ?? f.x;
  const J = f.linearize(f.x);
  const before = { value: f.value, tangent: J.jvp(dx), cotangent: J.vjp(ct) };
  const again = f.at(f.x);
  const elsewhere = f.linearize(other);
  elsewhere.jvp(dx);
  elsewhere.vjp(ct);
  const late = { tangent: J.jvp(dx), cotangent: J.vjp(ct) };
  const fresh = f.linearize(f.x);
  const trials: readonly (readonly [string, Float64Array, Float64Array, readonly FlatLeaf[]])[] = [
    ["f(x) differs when run again", before.value, again, f.outputs],
    ["f(x) differs when run on a tape", before.value, J.value, f.outputs],
    ["f(x) differs after f(x′)", before.value, f.at(f.x), f.outputs],
    ["J dx of an earlier tape differs after a later one", before.tangent, late.tangent, f.outputs],
    ["Jᵀ ct of an earlier tape differs after a later one", before.cotangent, late.cotangent, f.inputs],
    ["J dx differs after f(x′)", before.tangent, fresh.jvp(dx), f.outputs],
    ["Jᵀ ct differs after f(x′)", before.cotangent, fresh.vjp(ct), f.inputs],
  ];
  for (const [what, expected, found, parts] of trials) {
    const i = firstDifference(expected, found);
    if (i < 0) continue;
    const place = locate(parts, i);
    const role = parts === f.inputs ? { input: place } : { output: place };
    return checkResult(name, "wrong", what, { ...role, expected: expected[i] as number, found: found[i] as number });
  }
  return checkResult(name, "ok", "the same bits at x, at x after x′, and from an earlier tape");
}
