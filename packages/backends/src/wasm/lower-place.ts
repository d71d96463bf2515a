import type { Part, Shape } from "../backend.js";
import { numEntries } from "../cpu/offsets.js";
import { BackendError } from "../errors.js";
import { type Code, forRange, i32, type Local, memory, select, sequence, set, wasmModule } from "./encoder/index.js";
import type { Kernel, Launch, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";
import { numPhaseParameters, phaseParameters } from "./phase-parameters.js";
import { partCode } from "./place/part-code.js";
import { type RowPlan, rowPlan } from "./place/row-plan.js";

/**
 * Zeros of `shape` plus every part at its place; where parts overlap they add, in the order of the parts. A unit is a row of the result:
 * it is cleared where need be and receives all that the parts have for it while it lies in the cache.
 * @throws BackendError if the parts read from more than 900 different places: a WebAssembly function takes at most 1000 parameters
 */
export function lowerPlace({ numbers, threads }: Target, shape: Shape, parts: readonly Part[]): Launch {
  const sources = distinctSources(parts);
  if (sources.operands.length > MOST_SOURCES) {
    throw new BackendError(
      `place: the parts read from ${sources.operands.length} different places; at most ${MOST_SOURCES} in one call; place some of them first and the result with the others`,
    );
  }
  const layouts = parts.map((part, k) => `${part.shape}/${part.strides}/${part.offset}/${part.source.strides}/${sources.of[k]}`);
  return {
    key: `place ${shape} ${layouts.join(" ")}`,
    make: () => kernelOf(numbers, shape, parts, sources, threads),
    operands: sources.operands,
    length: numEntries(shape),
  };
}

const MOST_SOURCES = 900;

/** Addresses that parts read from, each once, and which of them is whose. */
interface Sources {
  readonly operands: readonly { readonly buffer: Part["source"]["buffer"]; readonly offset: number }[];
  readonly of: readonly number[];
}

function distinctSources(parts: readonly Part[]): Sources {
  const operands: { buffer: Part["source"]["buffer"]; offset: number }[] = [];
  const of = parts.map(({ source: { buffer, offset } }) => {
    const known = operands.findIndex((operand) => operand.buffer === buffer && operand.offset === offset);
    return known >= 0 ? known : operands.push({ buffer, offset }) - 1;
  });
  return { operands, of };
}

function kernelOf(numbers: Numbers, shape: Shape, parts: readonly Part[], sources: Sources, threads: number): Kernel {
  const module = wasmModule();
  const filled = parts.flatMap((part, k) => (numEntries(part.shape) > 0 ? [{ part, operand: sources.of[k]! }] : []));
  const plan = rowPlan(
    shape,
    filled.map(({ part }) => part),
    threads,
  );
  module.entry("place", sources.operands.length + numPhaseParameters, (params, scope) => {
    const { operands, out, from, to } = phaseParameters(params);
    const [source, target, first, end] = [scope.local("i32"), scope.local("i32"), scope.local("i32"), scope.local("i32")];
    const rowBytes = plan.rowLength * numbers.bytes;
    const clear = memory.fill(i32.add(out, i32.mul(first, rowBytes)), 0, i32.mul(i32.sub(end, first), rowBytes));
    const written = plan.parts.map((part, k) =>
      partCode(
        { numbers, scope, source, target, adds: part.adds },
        part,
        { input: operands[filled[k]!.operand]!, out, first, end },
        plan.rows,
      ),
    );
    return blocks(plan, rowBytes, { from, to, first, end }, sequence(plan.clears ? clear : [], ...written));
  });
  const moved = filled.reduce((sum, { part }) => sum + numEntries(part.shape), plan.clears ? plan.rows * plan.rowLength : 0);
  const cost = (moved * numbers.bytes) / 8 / plan.rows;
  return { module, phases: [{ entry: "place", units: plan.rows, cost }], sharedBytes: 0, ownBytes: 0 };
}

interface Bounds {
  readonly from: Local;
  readonly to: Local;
  readonly first: Local;
  readonly end: Local;
}

/** The body for rows first … end − 1 at a time: as many as a small cache holds, or all where nothing is written twice. */
function blocks(plan: RowPlan, rowBytes: number, { from, to, first, end }: Bounds, body: Code): Code {
  if (plan.parts.length < 2 && !plan.clears) return sequence(set(first, from), set(end, to), body);
  const perBlock = Math.max(1, Math.floor(BLOCK / rowBytes));
  return forRange(first, from, to, perBlock, [
    ...set(end, i32.add(first, perBlock)),
    ...set(end, select("i32", i32.ltS(end, to), end, to)),
    ...body,
  ]);
}

/** Bytes of rows that are made at a time: half of a first-level cache. */
const BLOCK = 16384;
