import type { Backend, Buffer, IndexBuffer } from "../backend.js";
import type { Call } from "./call.js";

/**
 * Where the numbers (or positions) of a node lie while a program runs. Distances in an arena are in bytes, multiples of 64, and every slot has 64
 * bytes of its own after its end, so that kernels may read over it. Slots whose lifetimes overlap do not overlap, but for one case: the result of a
 * `map` may lie exactly on an operand of its own length that is read once, contiguously, and not needed after.
 */
export type Slot =
  /** In the program's one block of working memory; contents do not outlive the run. */
  | { readonly place: "arena"; readonly node: number; readonly offset: number; readonly length: number; readonly isIndex: boolean }
  /** The caller's buffer number `position`, bound anew for each run and read where it is. */
  | { readonly place: "input"; readonly position: number; readonly length: number }
  /** Result number `position`, bound anew for each run; later calls of the same run may read it. */
  | { readonly place: "output"; readonly position: number; readonly length: number }
  /** A buffer that is the same in every run. */
  | { readonly place: "constant"; readonly buffer: Buffer | IndexBuffer; readonly length: number };

/** A backend with working memory in which a compiled program replays its calls at fixed places. On others, programs run kernel by kernel. */
export interface ReplayingBackend extends Backend {
  arena(plan: ArenaPlan): Arena;
}

export function canReplay(backend: Backend): backend is ReplayingBackend {
  return "arena" in backend;
}

/** What a backend is told before it prepares calls. */
export interface ArenaPlan {
  /** Size of the working memory; every arena slot with its 64 bytes after fits in it. */
  readonly bytes: number;
  /** Lengths of the inputs. */
  readonly inputs: readonly number[];
  /** Lengths of the outputs; none is an index. */
  readonly outputs: readonly number[];
  /** Sets of places for outputs that are kept and used again: 0, or 2 where results alternate between two sets. */
  readonly outputSets: 0 | 2;
}

/**
 * A backend's side of a compiled program: kernels prepared to run again at fixed places, without looking anything up. It lives outside of any
 * `scope`: the working memory, the output sets and what `prepare` uploads (tables) stay until the arena is collected (or freed by its backend's
 * finalisation).
 *
 * A run is: `begin`, then for each step in order either a prepared function or `read`/`write`, then `end`. Runs do not overlap.
 */
export interface Arena {
  /**
   * The call, to be run at these places: `slotOf(node)` for each node it reads, `out` for its result. Called once for each call, in the order
   * of the program, before the first run.
   * @returns runs it; allocates nothing that outlives it
   */
  prepare(call: Call, slotOf: (node: number) => Slot, out: Slot): () => void;
  /**
   * Before a run: `inputs[position]` are the caller's buffers, of the lengths of the plan, neither changed nor kept after `end` (they may be kept
   * bound for `profile`, which runs the same again). Outputs go to the set with the number `set`, or into fresh buffers where it is null.
   */
  begin(inputs: readonly Buffer[], set: number | null): void;
  /**
   * After a run: a buffer for each output. Fresh ones are ordinary buffers, as a kernel would have made them (so an open `scope` frees them
   * unless they are returned); those of a set are the same objects each time, not subject to any scope.
   */
  end(): readonly Buffer[];
  /** Puts numbers that the host made at an arena or output slot. They may be changed after the call. */
  write(slot: Slot, values: Float64Array): void;
  /** The first number at a slot, once what was run before is done; absent where the backend cannot wait. */
  read?(slot: Slot): number;
}
