import type { Buffer, GatherLayout, IndexBuffer } from "../backend.js";
import { addRun } from "./constant-run.js";
import {
  advance,
  branchIf,
  type Code,
  i32,
  type Local,
  loop,
  memory,
  type Scope,
  sequence,
  set,
  wasmModule,
  when,
} from "./encoder/index.js";
import type { Kernel, Launch, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";
import { numPhaseParameters, phaseParameters } from "./phase-parameters.js";
import { unitRuns } from "./unit-runs.js";

/**
 * Transpose of `gather`: out[o, index[k], i] += input[o, k, i].
 * A unit is a place [o, position] of the result, so positions may repeat and no two threads add to one entry: each thread walks through all
 * positions of its slices and takes those that are its own. Sums are over k in order, whatever the number of threads; their error is that of count additions.
 */
export function lowerScatterAdd({ numbers }: Target, layout: GatherLayout, input: Buffer, index: IndexBuffer): Launch {
  const { outer, size, inner, count } = layout;
  return {
    key: `scatterAdd ${outer} ${size} ${inner} ${count}`,
    make: () => kernelOf(numbers, layout),
    operands: [
      { buffer: input, offset: 0 },
      { buffer: index, offset: 0 },
    ],
    length: outer * size * inner,
  };
}

function kernelOf(numbers: Numbers, { outer, size, inner, count }: GatherLayout): Kernel {
  const module = wasmModule();
  const innerBytes = inner * numbers.bytes;
  module.entry("scatterAdd", 2 + numPhaseParameters, (params, scope) => {
    const { operands, out, from, to } = phaseParameters(params);
    const [input, index] = operands as [Local, Local];
    const [base, span, at, p] = [scope.local("i32"), scope.local("i32"), scope.local("i32"), scope.local("i32")];
    return unitRuns(scope, from, to, size, (row, first, stop) =>
      sequence(
        set(base, i32.add(out, i32.mul(i32.add(i32.mul(row, size), first), innerBytes))),
        set(span, i32.sub(stop, first)),
        memory.fill(base, 0, i32.mul(span, innerBytes)),
        set(at, index),
        set(p, i32.add(input, i32.mul(row, count * innerBytes))),
        additions(numbers, scope, { base, first, span, at, p, end: i32.add(index, 4 * count) }, inner, count),
      ),
    );
  });
  const cost = innerBytes / 16 + (count * (3 + innerBytes / 16)) / Math.max(1, size);
  return { module, phases: [{ entry: "scatterAdd", units: outer * size, cost }], sharedBytes: 0, ownBytes: 0 };
}

/** Positions first … first + span − 1 of a slice lie at `base`; `at` and `p` walk through the positions and what is to be added. */
interface Walk {
  readonly base: Local;
  readonly first: Local;
  readonly span: Local;
  readonly at: Local;
  readonly p: Local;
  readonly end: Code;
}

function additions(numbers: Numbers, scope: Scope, { base, first, span, at, p, end }: Walk, inner: number, count: number): Code {
  const { scalar, bytes } = numbers;
  const innerBytes = inner * bytes;
  const [place, q] = [scope.local("i32"), scope.local("i32")];
  const add = (k: number): Code =>
    inner === 1 ? scalar.store(q, scalar.add(scalar.load(q), scalar.load(p, k * bytes))) : addRun(numbers, scope, q, p, inner);
  const one = (k: number): Code =>
    sequence(
      set(place, i32.sub(i32.load(at, 4 * k), first)),
      // As unsigned numbers, −1 and the positions of other threads are all beyond the end.
      when(i32.ltU(place, span), sequence(set(q, i32.add(base, i32.mul(place, innerBytes))), add(k))),
    );
  const turn = (ks: readonly number[]): Code => sequence(...ks.map(one), advance(at, 4 * ks.length), advance(p, innerBytes * ks.length));
  const unroll = inner === 1 ? 4 : 1;
  const turns = Math.floor(count / unroll);
  return sequence(
    turns === 0 ? [] : loop([...turn(Array.from({ length: unroll }, (_, k) => k)), ...branchIf(0, i32.leS(i32.add(at, 4 * unroll), end))]),
    ...Array.from({ length: count % unroll }, () => turn([0])),
  );
}
