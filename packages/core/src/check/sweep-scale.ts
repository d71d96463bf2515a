import { record } from "../transforms/record.js";
import { pushForward } from "../transforms/sweep.js";
import { leaves, type Tree } from "../tree.js";
import type { Value } from "../value.js";
import type { FlatFunction } from "./flat-function.js";
import { pullBackEach } from "./pull-back-each.js";
import { norm } from "./vectors.js";

/** max ‖dzₖ‖‖ctₖ‖ over every op k on the way: what the rounding of ⟨ct, J dx⟩ is relative to, even where terms cancel. */
export function sweepScale<X extends Tree>(f: FlatFunction<X>, dx: Float64Array, ct: Float64Array): number {
  const { tape, inputs, output } = record((x: X) => f.run(x), f.tree(f.x));
  const tangentLeaves = leaves(f.tree(dx));
  const outputs = tape.entries.map((entry) => entry.output);
  const tangents = pushForward(tape, new Map<Value, Value | null>(inputs.map((x, i) => [x, tangentLeaves[i] ?? null])), outputs);
  const tangentOf = new Map(outputs.map((z, i) => [z as Value, tangents[i] ?? null]));
  const cts = leaves(f.resultTree(ct));
  let most = 0;
  pullBackEach(
    tape,
    leaves(output).map((z, i) => [z, cts[i] as Value] as const),
    ({ output: z }, arrived) => {
      const tangent = tangentOf.get(z);
      if (tangent) most = Math.max(most, norm(Float64Array.from(tangent.toArray())) * norm(Float64Array.from(arrived.toArray())));
    },
  );
  return most;
}

/** What rounding may add to ⟨ct, J dx⟩ by rule. */
export function ruleRounding<X extends Tree>(f: FlatFunction<X>, dx: Float64Array, ct: Float64Array): number {
  return 64 * f.epsilon * sweepScale(f, dx, ct);
}
