import {
  advance,
  block,
  branchIf,
  type Code,
  forRange,
  i32,
  type Local,
  loop,
  select,
  sequence,
  set,
  wasmModule,
  when,
} from "../encoder/index.js";
import type { Kernel } from "../kernel.js";
import { storeLanes } from "../map/store-lanes.js";
import { transposedLanes } from "../map/transposed-lanes.js";
import type { MathContext } from "../math/math-context.js";
import type { Numbers } from "../numbers.js";
import { numPhaseParameters, phaseParameters } from "../phase-parameters.js";
import { unitRuns } from "../unit-runs.js";
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
 * are few examples), so their error is at most entries·ε·Σ|values·x|.
 */
export function productKernel(numbers: Numbers, sizes: ProductSizes): Kernel {
  const module = wasmModule();
  const { lanes } = numbers;
  const packed = packedExamples(numbers, sizes.examples, sizes.size);
  const numOperands = sizes.permuted ? 5 : 4;
  const groups = Math.ceil(sizes.lines / lanes);
  const pack = packPhase(module, numbers, packed, { entry: "pack", operand: 1, numOperands, offset: 0 });
  module.entry("product", numOperands + numPhaseParameters, (params, scope) => {
    const { operands, out, scratch, own, from, to } = phaseParameters(params);
    const context = { module, scope, numbers };
    const [base, group, line, last, q] = [
      scope.local("i32"),
      scope.local("i32"),
      scope.local("i32"),
      scope.local("i32"),
      scope.local("i32"),
    ];
    return unitRuns(scope, from, to, groups, (row, first, end) =>
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
            forRange(line, line, last, 1, sequence(lineSum(context, packed, operands, { base, line, q }), advance(q, packed.entryBytes))),
            set(q, i32.add(out, outOffset(numbers, packed, sizes.lines, row, group))),
            storeLines(context, packed, sizes.lines, { own, row, group, q }),
          ),
        ),
      ),
    );
  });
  const perLine = sizes.entries / Math.max(1, sizes.lines);
  const product = { entry: "product", units: packed.blocks * groups, cost: lanes * (10 + perLine * (2 + 1.5 * packed.vectors)) };
  return { module, phases: [pack, product], sharedBytes: packed.bytes, ownBytes: lanes * packed.entryBytes };
}

/** Code that writes the sums of one line for a block of examples to q. */
function lineSum(
  { scope, numbers }: MathContext,
  packed: PackedExamples,
  operands: readonly Local[],
  { base, line, q }: { readonly base: Local; readonly line: Local; readonly q: Local },
): Code {
  const { vector, log2Bytes, bytes, madd } = numbers;
  const [values, , starts, places, entries] = operands as readonly [Local, Local, Local, Local, Local | undefined];
  // Few examples give few sums at a time, whose additions would wait for each other.
  const apart = Math.max(1, Math.floor(4 / packed.vectors));
  const sums = Array.from({ length: apart }, () => Array.from({ length: packed.vectors }, () => scope.local("v128")));
  const [t, end, at, value, which, x, splat] = [...Array.from({ length: 6 }, () => scope.local("i32")), scope.local("v128")] as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const one = (k: number): Code =>
    sequence(
      set(x, i32.add(base, i32.mul(i32.load(at, 4 * k), packed.entryBytes))),
      set(
        splat,
        entries ? vector.loadSplat(i32.add(values, i32.shl(i32.load(which, 4 * k), log2Bytes))) : vector.loadSplat(value, k * bytes),
      ),
      ...sums[k]!.map((sum, v) => set(sum, madd(splat, vector.load(x, 16 * v), sum))),
    );
  const move = (k: number): Code =>
    sequence(advance(t, k), advance(at, 4 * k), entries ? advance(which, 4 * k) : advance(value, k * bytes));
  const several = (k: number): Code => {
    const more = i32.leS(i32.add(t, k), end);
    return when(more, loop([...Array.from({ length: k }, (_, u) => one(u)).flat(), ...move(k), ...branchIf(0, more)]));
  };
  const lineStart = i32.add(starts, i32.shl(line, 2));
  return sequence(
    set(t, i32.load(lineStart)),
    set(end, i32.load(lineStart, 4)),
    set(at, i32.add(places, i32.shl(t, 2))),
    entries ? set(which, i32.add(entries, i32.shl(t, 2))) : set(value, i32.add(values, i32.shl(t, log2Bytes))),
    ...sums.flat().map((sum) => set(sum, 0)),
    block(sequence(apart > 1 ? several(apart) : [], several(1))),
    ...sums[0]!.map((sum, v) =>
      vector.store(
        q,
        sums.slice(1).reduce<Code | Local>((total, other) => vector.add(total, other[v]!), sum),
        16 * v,
      ),
    ),
  );
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
