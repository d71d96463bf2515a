import { turns } from "../block-loops.js";
import { advance, type Code, forRange, i32, type Local, sequence, set, wasmModule } from "../encoder/index.js";
import type { Kernel } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { numPhaseParameters, phaseParameters } from "../phase-parameters.js";
import { packedExamples, packPhase } from "./packed-examples.js";

export interface SampleSizes {
  readonly examples: number;
  readonly numRows: number;
  readonly numCols: number;
  readonly entries: number;
}

/**
 * out[t] = Σₑ z[e, rows[t]] · y[e, cols[t]]. Operands: y, z, rows, cols. Both arrays are packed, then a unit is an entry: a dot product over examples,
 * in interleaved parts, whose error is at most examples·ε·Σ|z·y|.
 */
export function sampleKernel(numbers: Numbers, { examples, numRows, numCols, entries }: SampleSizes): Kernel {
  const module = wasmModule();
  const { vector, scalar, lanes, bytes, madd } = numbers;
  const y = packedExamples(numbers, examples, numCols);
  const z = packedExamples(numbers, examples, numRows);
  const packs = [
    packPhase(module, numbers, y, { entry: "packY", operand: 0, numOperands: 4, offset: 0 }),
    packPhase(module, numbers, z, { entry: "packZ", operand: 1, numOperands: 4, offset: y.bytes }),
  ];
  module.entry("sample", 4 + numPhaseParameters, (params, scope) => {
    const { operands, out, scratch, from, to } = phaseParameters(params);
    const [, , rows, cols] = operands as [Local, Local, Local, Local];
    const [t, p, q, zs, at] = Array.from({ length: 5 }, () => scope.local("i32")) as [Local, Local, Local, Local, Local];
    const sums = Array.from({ length: y.vectors }, () => scope.local("v128"));
    const products = sums.flatMap((sum, v) => set(sum, madd(vector.load(p, 16 * v), vector.load(q, 16 * v), sum)));
    const total = sums.slice(1).reduce<Code | Local>((sum, other) => vector.add(sum, other), sums[0]!);
    const lane = (k: number): Code => vector.extractLane(sums[0]!, k);
    const pairs = Array.from({ length: lanes / 2 }, (_, k) => scalar.add(lane(2 * k), lane(2 * k + 1)));
    return sequence(
      set(zs, i32.add(scratch, y.bytes)),
      set(at, i32.add(out, i32.mul(from, bytes))),
      forRange(
        t,
        from,
        to,
        1,
        sequence(
          set(p, i32.add(scratch, i32.mul(i32.load(i32.add(cols, i32.shl(t, 2))), y.entryBytes))),
          set(q, i32.add(zs, i32.mul(i32.load(i32.add(rows, i32.shl(t, 2))), z.entryBytes))),
          ...sums.map((sum) => set(sum, 0)),
          y.blocks === 0 ? [] : turns(scope, y.blocks, sequence(products, advance(p, y.blockBytes), advance(q, z.blockBytes))),
          set(sums[0]!, total),
          scalar.store(
            at,
            pairs.reduce((sum, pair) => scalar.add(sum, pair)),
          ),
          advance(at, bytes),
        ),
      ),
    );
  });
  const sample = { entry: "sample", units: entries, cost: 12 + 2 * y.vectors * y.blocks };
  return { module, phases: [...packs, sample], sharedBytes: Math.ceil((y.bytes + z.bytes) / 64) * 64, ownBytes: 0 };
}
