import { type Rng, rng } from "../rng.js";
import { record } from "../transforms/record.js";
import { pushForward } from "../transforms/sweep.js";
import { leaves, type Tree } from "../tree.js";
import type { Value } from "../value.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult } from "./check-result.js";
import { type FlatFunction, flatFunction, flatten } from "./flat-function.js";
import { locate, showLocation, unravel } from "./location.js";
import { direction } from "./probes.js";
import { pullBackEach } from "./pull-back-each.js";
import { firstDifference, normals } from "./vectors.js";

/**
 * x, and every result on f's way, hold the same bits after f and after both sweeps as before: no op writes into what it was given.
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting
 * @remarks Works on a copy of x. A result on the way that was changed is found by computing it again from its own inputs.
 */
export function immutabilityTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckOptions = {}): CheckResult {
  const { seed } = settle(options);
  return immutability(flatFunction("immutabilityTest", f, x), rng(seed));
}

export function immutability<X extends Tree>(f: FlatFunction<X>, stream: Rng): CheckResult {
  const name = "inputs unchanged";
  const x = f.tree(f.x);
  const changed = (by: string): CheckResult | null => {
    const now = flatten(x);
    const i = firstDifference(f.x, now);
    if (i < 0) return null;
    const input = locate(f.inputs, i);
    return checkResult(name, "wrong", `${by} writes into ${input.name}`, { input, expected: f.x[i] as number, found: now[i] as number });
  };
  f.run(x);
  const byRun = changed("f");
  if (byRun) return byRun;
  const { tape, inputs, output } = record((at: X) => f.run(at), x);
  const dx = leaves(f.tree(direction(f, stream)));
  pushForward(tape, new Map<Value, Value | null>(inputs.map((at, i) => [at, dx[i] ?? null])), leaves(output));
  const byForward = changed("jvp");
  if (byForward) return byForward;
  const cts = leaves(f.resultTree(normals(stream, f.numOut)));
  pullBackEach(
    tape,
    leaves(output).map((z, i) => [z, cts[i] as Value] as const),
    () => undefined,
  );
  const byReverse = changed("vjp");
  if (byReverse) return byReverse;
  // Read all before any op runs again: the one at fault would write again.
  const stored = tape.entries.map((entry) => entry.output.toArray());
  for (const [k, { primitive, inputs: given, params, output: z }] of tape.entries.entries()) {
    const again = z.backend.readSync?.(
      primitive.forward(
        z.backend,
        given.map((a) => a.array),
        params,
        z.shape,
      ),
    ) as ArrayLike<number>;
    const i = firstDifference(stored[k] as ArrayLike<number>, again);
    if (i < 0) continue;
    const place = showLocation({ name: `result of ${primitive.name}`, index: unravel(i, z.shape) });
    return checkResult(
      name,
      "wrong",
      `the ${place} changes: ${again[i]} when computed again, ${stored[k]?.[i]} on the tape; a later op writes into it, or it is not repeatable`,
    );
  }
  return checkResult(name, "ok", `x and ${tape.entries.length} results on the way keep their bits`);
}
