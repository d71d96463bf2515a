import type { Code, Local, Scope } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { BlockVector } from "./block.js";
import { type LoadedVectors, loadVectors } from "./load-vectors.js";
import type { LoopAxis } from "./loop-nest.js";

/** How the blocks of a nest get their inputs. */
export interface BlockInputs {
  /** Reads the inputs that the loops over further axes do not move, so that they are read once for all those loops. */
  readonly enter: (counts: readonly number[]) => Code;
  /** Reads the rest for the vectors from … to − 1 of a block: for each input, what it reads into. */
  readonly read: (vectors: readonly BlockVector[], isWhole: boolean, from: number, to: number) => readonly LoadedVectors[];
}

/** @param whole the vectors of a block that takes whole steps along every axis; only such blocks get inputs that are read early */
export function blockInputs(
  numbers: Numbers,
  scope: Scope,
  axes: readonly LoopAxis[],
  pointers: readonly Local[],
  whole: readonly BlockVector[],
): BlockInputs {
  // An axis that one block spans is not walked.
  const isWalked = ({ size, step, refines }: LoopAxis): boolean => step < (refines === undefined ? size : axes[refines]!.step);
  const deepest = axes.findLastIndex(isWalked) + 1;
  const early = (whole[0]?.inputs ?? []).map((_, j) => {
    const level = axes.findLastIndex((axis) => axis.strides[j] !== 0 && isWalked(axis)) + 1;
    if (level >= deepest) return undefined;
    return {
      level,
      ...loadVectors(
        numbers,
        scope,
        pointers[j]!,
        whole.map((vector) => vector.inputs[j]!),
      ),
    };
  });
  return {
    enter: (counts) => {
      if (counts.some((count, a) => count !== axes[a]!.step)) return [];
      return early.flatMap((load) => (load?.level === counts.length ? load.code : []));
    },
    read: (vectors, isWhole, from, to) =>
      early.map((load, j) => {
        if (isWhole && load) return { code: [], locals: load.locals.slice(from, to) };
        const offsets = vectors.slice(from, to).map((vector) => vector.inputs[j]!);
        return loadVectors(numbers, scope, pointers[j]!, offsets);
      }),
  };
}
