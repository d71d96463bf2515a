import {
  advance,
  type Code,
  forRange,
  i32,
  type Local,
  select,
  sequence,
  set,
  type WasmModule,
  wasmModule,
  when,
} from "../encoder/index.js";
import type { Kernel, Phase } from "../kernel.js";
import { storeLanes } from "../map/store-lanes.js";
import { transposedLanes } from "../map/transposed-lanes.js";
import type { MathContext } from "../math/math-context.js";
import type { Numbers } from "../numbers.js";
import { numPhaseParameters, phaseParameters } from "../phase-parameters.js";
import { unitRuns } from "../unit-runs.js";
import { lineSum } from "./line-sum.js";
import { byExamples, type PackedExamples, packedExamples, packPhase } from "./packed-examples.js";

/** Sizes of a product with a sparse matrix whose entries come line by line. */
export interface ProductSizes {
  readonly examples: number;
  readonly lines: number;
  readonly size: number;
  readonly entries: number;
  /** Whether a fourth list says which entry of `values` each is; else they are in order. */
  readonly permuted: boolean;
}

/**
 * out[e, line] = Σ_t values[t] · x[e, place(t)] over the line's entries. Operands: values, x, starts, places and, where permuted, entries.
 * First x is packed, then a unit is a few lines for one block of examples. Sums are in the order of entries (in up to four interleaved parts where there
 * are few examples), so their error is at most entries·ε·Σ|values·x|. Where several blocks of examples would look permuted values up, they are put in order first.
 */
export function productKernel(numbers: Numbers, sizes: ProductSizes): Kernel {
  const module = wasmModule();
  const { lanes } = numbers;
  const packed = packedExamples(numbers, sizes.examples, sizes.size);
  const numOperands = sizes.permuted ? 5 : 4;
  const groups = Math.ceil(sizes.lines / lanes);
  const pack = packPhase(module, numbers, packed, { entry: "pack", operand: 1, numOperands, offset: 0 });
  const sorts = sizes.permuted && packed.blocks > 1;
  const sort = sorts ? [sortPhase(module, numbers, sizes.entries, packed.bytes)] : [];
  module.entry("product", numOperands + numPhaseParameters, (params, scope) => {
    const { operands, out, scratch, own, from, to } = phaseParameters(params);
    const context = { module, scope, numbers };
    const [values, , starts, places, entries] = operands as readonly [Local, Local, Local, Local, Local | undefined];
    const lists = { values, starts, places, entries: sorts ? undefined : entries };
    const [base, group, line, last, q] = [
      scope.local("i32"),
      scope.local("i32"),
      scope.local("i32"),
      scope.local("i32"),
      scope.local("i32"),
    ];
    const runs = unitRuns(scope, from, to, groups, (row, first, end) =>
      sequence(
        set(base, i32.add(scratch, i32.mul(row, packed.blockBytes))),
        forRange(
          group,
          first,
          end,
          1,
          sequence(
            set(line, i32.mul(group, lanes)),
            set(last, i32.add(line, lanes)),
            set(last, select("i32", i32.ltS(last, sizes.lines), last, sizes.lines)),
            set(q, own),
            forRange(line, line, last, 1, sequence(lineSum(context, packed, lists, { base, line, q }), advance(q, packed.entryBytes))),
            set(q, i32.add(out, outOffset(numbers, packed, sizes.lines, row, group))),
            storeLines(context, packed, sizes.lines, { own, row, group, q }),
          ),
        ),
      ),
    );
    return sequence(sorts ? set(values, i32.add(scratch, packed.bytes)) : [], runs);
  });
  const perLine = sizes.entries / Math.max(1, sizes.lines);
  const product = { entry: "product", units: packed.blocks * groups, cost: lanes * (10 + perLine * (2 + 1.5 * packed.vectors)) };
  const sharedBytes = packed.bytes + (sorts ? sizes.entries * numbers.bytes : 0);
  return { module, phases: [pack, ...sort, product], sharedBytes: lineUp(sharedBytes), ownBytes: lineUp(lanes * packed.entryBytes) };
}

/** Adds the phase that puts values[entries[t]] to place t, from `offset` bytes after the start of the scratch memory on. */
function sortPhase(module: WasmModule, { scalar, log2Bytes }: Numbers, count: number, offset: number): Phase {
  module.entry("sort", 5 + numPhaseParameters, (params, scope) => {
    const { operands, scratch, from, to } = phaseParameters(params);
    const [t, value] = [scope.local("i32"), scope.local("i32")];
    const place = (base: Local, at: Code | Local, log2: number): Code => i32.add(base, i32.shl(at, log2));
    return forRange(
      t,
      from,
      to,
      1,
      sequence(
        set(value, place(operands[0]!, i32.load(place(operands[4]!, t, 2)), log2Bytes)),
        scalar.store(place(scratch, t, log2Bytes), scalar.load(value), offset),
      ),
    );
  });
  return { entry: "sort", units: count, cost: 3 };
}

/** The lines of a group, [line, example] at `own`, go to [example, line] at q. */
function storeLines(
  { scope, numbers }: MathContext,
  packed: PackedExamples,
  lines: number,
  { own, row, group, q }: { readonly own: Local; readonly row: Local; readonly group: Local; readonly q: Local },
): Code {
  const { lanes } = numbers;
  const [into, spare] = [0, 1].map(() => Array.from({ length: lanes }, () => scope.local("v128"))) as [Local[], Local[]];
  const rows = Array.from({ length: lanes }, (_, i) => i * packed.width);
  const store = (examples: number, count: number): Code =>
    Array.from({ length: Math.ceil(examples / lanes) }, (_, v) =>
      sequence(
        transposedLanes(
          numbers,
          own,
          rows.map((offset) => offset + v * lanes),
          into,
          spare,
        ),
        ...into.map((sums, j) => (v * lanes + j < examples ? storeLanes(numbers, q, sums, count, (v * lanes + j) * lines) : [])),
      ),
    ).flat();
  const groups = Math.ceil(lines / lanes);
  const rest = lines % lanes;
  return byExamples(packed, row, (examples) => {
    if (rest === 0) return store(examples, lanes);
    return groups === 1 ? store(examples, rest) : when(i32.ltS(group, groups - 1), store(examples, lanes), store(examples, rest));
  });
}

function outOffset({ lanes, bytes }: Numbers, { width }: PackedExamples, lines: number, row: Local, group: Local): Code {
  return i32.add(i32.mul(row, width * lines * bytes), i32.mul(group, lanes * bytes));
}

/** Up to the next multiple of 64, as addresses of scratch memory are. */
function lineUp(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
