import { turns } from "../block-loops.js";
import {
  advance,
  type Code,
  i32,
  type Local,
  type Operand,
  type Scope,
  sequence,
  set,
  v128,
  type WasmModule,
  when,
} from "../encoder/index.js";
import type { Phase } from "../kernel.js";
import { transposedLanes } from "../map/transposed-lanes.js";
import type { Numbers } from "../numbers.js";
import { numPhaseParameters, phaseParameters } from "../phase-parameters.js";
import { unitRuns } from "../unit-runs.js";

/**
 * An array [examples, size] as [blocks, size, width]: the same entry of `width` examples lies together, so that vectors go over examples, whatever entries
 * a sparse matrix asks for. Examples that are missing in the last block are 0; after each block's entries there may be others that mean nothing.
 */
export interface PackedExamples {
  readonly examples: number;
  readonly size: number;
  /** Vectors that hold one entry of a block's examples, and how many numbers they have. */
  readonly vectors: number;
  readonly width: number;
  readonly blocks: number;
  readonly entryBytes: number;
  readonly blockBytes: number;
  readonly bytes: number;
}

export function packedExamples({ lanes, bytes }: Numbers, examples: number, size: number): PackedExamples {
  const vectors = Math.max(1, Math.min(4, Math.ceil(examples / lanes)));
  const width = vectors * lanes;
  const blocks = Math.ceil(examples / width);
  const entryBytes = width * bytes;
  const blockBytes = Math.ceil(size / lanes) * lanes * entryBytes;
  return { examples, size, vectors, width, blocks, entryBytes, blockBytes, bytes: blocks * blockBytes };
}

/** Numbers of examples in whole blocks and in the last, with the code for each: chosen by the block at run time where there are both. */
export function byExamples({ examples, width, blocks }: PackedExamples, block: Operand, code: (count: number) => Code): Code {
  const rest = examples % width;
  if (rest === 0) return blocks === 0 ? [] : code(width);
  return blocks === 1 ? code(rest) : when(i32.ltS(block, blocks - 1), code(width), code(rest));
}

/** Adds the phase that packs operand `operand` of `numOperands` to `offset` bytes after the start of the scratch memory. A unit is as many entries as there are lanes. */
export function packPhase(
  module: WasmModule,
  numbers: Numbers,
  packed: PackedExamples,
  {
    entry,
    operand,
    numOperands,
    offset,
  }: { readonly entry: string; readonly operand: number; readonly numOperands: number; readonly offset: number },
): Phase {
  const { lanes, bytes } = numbers;
  const groups = Math.ceil(packed.size / lanes);
  module.entry(entry, numOperands + numPhaseParameters, (params, scope) => {
    const { operands, scratch, from, to } = phaseParameters(params);
    const [p, q, left] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
    return unitRuns(scope, from, to, groups, (block, first, end) =>
      sequence(
        set(p, i32.add(operands[operand]!, i32.mul(block, packed.width * packed.size * bytes))),
        set(p, i32.add(p, i32.mul(first, lanes * bytes))),
        set(q, i32.add(i32.add(scratch, offset), i32.mul(block, packed.blockBytes))),
        set(q, i32.add(q, i32.mul(first, lanes * packed.entryBytes))),
        set(left, i32.sub(end, first)),
        byExamples(packed, block, (count) =>
          turns(
            scope,
            left,
            sequence(squares(numbers, scope, packed, count, p, q), advance(p, lanes * bytes), advance(q, lanes * packed.entryBytes)),
          ),
        ),
      ),
    );
  });
  return { entry, units: packed.blocks * groups, cost: 2 * packed.width };
}

/** The next entries, as many as there are lanes, of a block's `count` examples: read along entries, written along examples. */
function squares(numbers: Numbers, scope: Scope, packed: PackedExamples, count: number, p: Local, q: Local): Code {
  const { lanes, bytes, vector } = numbers;
  const [into, spare] = [0, 1].map(() => Array.from({ length: lanes }, () => scope.local("v128"))) as [Local[], Local[]];
  return Array.from({ length: packed.vectors }, (_, v) => {
    const present = Math.max(0, Math.min(lanes, count - v * lanes));
    // Instead of a missing example some other is read, and its bits are taken away.
    const offsets = Array.from({ length: lanes }, (_, lane) => (lane < present ? v * lanes + lane : 0) * packed.size);
    const mask = v128.constant(Array.from({ length: 16 }, (_, byte) => (byte < present * bytes ? 0xff : 0)));
    return sequence(
      transposedLanes(numbers, p, offsets, into, spare),
      ...into.map((entries, i) => vector.store(q, present === lanes ? entries : v128.and(entries, mask), i * packed.entryBytes + 16 * v)),
    );
  }).flat();
}
