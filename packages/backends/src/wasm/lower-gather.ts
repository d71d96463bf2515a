import type { Buffer, GatherLayout, IndexBuffer } from "../backend.js";
import { copyRun, zeroRun } from "./constant-run.js";
import {
  advance,
  branchIf,
  type Code,
  i32,
  i64,
  type Local,
  loop,
  type Scope,
  select,
  sequence,
  set,
  wasmModule,
  when,
} from "./encoder/index.js";
import type { Kernel, Launch, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";
import { numPhaseParameters, phaseParameters } from "./phase-parameters.js";
import { unitRuns } from "./unit-runs.js";

/** out[o, k, i] = input[o, index[k], i], or 0 where index[k] is −1. A unit is one k of one o. */
export function lowerGather({ numbers }: Target, layout: GatherLayout, input: Buffer, index: IndexBuffer): Launch {
  const { outer, size, inner, count } = layout;
  return {
    key: `gather ${outer} ${size} ${inner} ${count}`,
    make: () => kernelOf(numbers, layout),
    operands: [
      { buffer: input, offset: 0 },
      { buffer: index, offset: 0 },
    ],
    length: outer * count * inner,
  };
}

function kernelOf(numbers: Numbers, { outer, size, inner, count }: GatherLayout): Kernel {
  const module = wasmModule();
  const innerBytes = inner * numbers.bytes;
  module.entry("gather", 2 + numPhaseParameters, (params, scope) => {
    const { operands, out, from, to } = phaseParameters(params);
    const [input, index] = operands as [Local, Local];
    const [base, at, end, q] = [scope.local("i32"), scope.local("i32"), scope.local("i32"), scope.local("i32")];
    const one = inner === 1 ? gatherNumbers : gatherRuns;
    return sequence(
      set(q, i32.add(out, i32.mul(from, innerBytes))),
      unitRuns(scope, from, to, count, (row, first, stop) =>
        sequence(
          set(base, i32.add(input, i32.mul(row, size * innerBytes))),
          set(at, i32.add(index, i32.shl(first, 2))),
          set(end, i32.add(index, i32.shl(stop, 2))),
          one(numbers, scope, { base, at, end, q }, inner),
        ),
      ),
    );
  });
  const cost = inner === 1 ? 2 : 4 + innerBytes / 16;
  return { module, phases: [{ entry: "gather", units: outer * count, cost }], sharedBytes: 0, ownBytes: 0 };
}

/** Addresses: of the slice that is read, of the first position and after the last, and of what is written; `at` and `q` move on. */
interface Walk {
  readonly base: Local;
  readonly at: Local;
  readonly end: Local;
  readonly q: Local;
}

/** Numbers move as integers, for which a choice needs no branch; a position of −1 reads entry 0 and drops it. */
function gatherNumbers({ bytes, log2Bytes }: Numbers, { local }: Scope, { base, at, end, q }: Walk): Code {
  const position = local("i32");
  const [integer, type] = bytes === 4 ? ([i32, "i32"] as const) : ([i64, "i64"] as const);
  const one = (k: number): Code => {
    const entry = i32.add(base, i32.shl(i32.and(position, i32.xor(i32.shrS(position, 31), -1)), log2Bytes));
    return sequence(
      set(position, i32.load(at, 4 * k)),
      integer.store(q, select(type, i32.geS(position, 0), integer.load(entry), 0), k * bytes),
    );
  };
  const turn = (ks: readonly number[]): Code =>
    when(
      i32.leS(i32.add(at, 4 * ks.length), end),
      loop(
        sequence(
          ...ks.map(one),
          advance(at, 4 * ks.length),
          advance(q, bytes * ks.length),
          branchIf(0, i32.leS(i32.add(at, 4 * ks.length), end)),
        ),
      ),
    );
  return sequence(turn([0, 1, 2, 3]), turn([0]));
}

function gatherRuns(numbers: Numbers, { local }: Scope, { base, at, end, q }: Walk, inner: number): Code {
  const [position, p] = [local("i32"), local("i32")];
  const innerBytes = inner * numbers.bytes;
  return loop(
    sequence(
      set(position, i32.load(at)),
      set(p, i32.add(base, i32.mul(position, innerBytes))),
      when(i32.geS(position, 0), copyRun(numbers, q, p, inner), zeroRun(numbers, q, inner)),
      advance(at, 4),
      advance(q, innerBytes),
      branchIf(0, i32.ltS(at, end)),
    ),
  );
}
