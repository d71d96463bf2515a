import { leaves, type Tree, type Value } from "@paramat/core";
import { keepInScope } from "../training/training-state.js";
import { inner, plus, scaled } from "./tree-vector.js";

/**
 * Trees as vectors of one piece of work, and the memory they take: what was made here is freed once `keepOnly` does not name it, so that memory is bounded
 * by what the work holds and not by when the garbage collector runs. Arrays from elsewhere are never freed. Where the backend leaves all of that to the
 * collector, so does this.
 */
export interface Vectors {
  /** ⟨a, b⟩ over all leaves, read by the host. The trees have the same leaves in the same order. */
  dot(a: Tree, b: Tree): Promise<number>;
  /** ‖a‖. */
  norm(a: Tree): Promise<number>;
  /** y + α x. */
  plus<T extends Tree>(y: T, alpha: number, x: T): T;
  /** α x. */
  scaled<T extends Tree>(alpha: number, x: T): T;
  /** What `body` gives; what else it makes is freed at once. */
  make<T extends Tree>(body: () => T): T;
  /** What `body` gives, with all that it makes: a function that it gives may need it. */
  hold<T>(body: () => T): T;
  /** The number that `body` gives, read by the host; all arrays that it makes are freed. */
  read(body: () => Value): Promise<number>;
  /** Of arrays that others made and left to the collector, these belong here from now on: nobody else may use them any more. */
  adopt(tree: Tree): void;
  /** Frees what was made here and is not in these trees. */
  keepOnly(...kept: readonly Tree[]): void;
  /** The same for a part of the work, with a memory of its own; what it hands over is copied by `make` of this one. */
  part(): Vectors;
}

/** @param like a tree on the backend of all that follow; of one without leaves nothing can be made */
export function vectorsLike(like: Tree): Vectors {
  const backend = leaves(like)[0]?.backend;
  const region = backend?.region?.();
  const hold = <T>(body: () => T): T => (region ? region.run(body) : body());
  const make = <T extends Tree>(body: () => T): T => (backend ? hold(() => keepInScope(backend, body, (made) => made)) : body());
  const read = async (body: () => Value): Promise<number> => {
    const own = backend?.region?.();
    const scoped = () => (backend ? keepInScope(backend, body, (made) => made) : body());
    const x = own ? own.run(scoped) : scoped();
    const number = (await x.read())[0] as number;
    own?.keepOnly([]);
    return number;
  };
  const dot = (a: Tree, b: Tree) => read(() => inner(a, b));
  return {
    dot,
    norm: async (a) => Math.sqrt(await dot(a, a)),
    plus: (y, alpha, x) => make(() => plus(y, alpha, x)),
    scaled: (alpha, x) => make(() => scaled(alpha, x)),
    make,
    hold,
    read,
    adopt: (tree) => region?.adopt(buffersOf(tree)),
    keepOnly: (...kept) => region?.keepOnly(kept.map(buffersOf)),
    part: () => vectorsLike(like),
  };
}

/** No method frees these arrays any more: somebody else may refer to them. */
export function retain(tree: Tree): void {
  for (const { array, backend } of leaves(tree)) backend.retain?.(array.buffer);
}

function buffersOf(tree: Tree): readonly unknown[] {
  return leaves(tree).map(({ array }) => array.buffer);
}
