import { type Code, i32, type Local, type Scope, set } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { lanesCode } from "./lanes.js";
import { isTransposed, transposedLanes } from "./transposed-lanes.js";

/** Code that reads vectors of one input into variables, one for each vector; vectors that are the same share one. */
export interface LoadedVectors {
  readonly code: Code;
  readonly locals: readonly Local[];
}

/** @param vectors for each, the entry of every lane after the pointer; entries before the pointer are fine */
export function loadVectors(numbers: Numbers, scope: Scope, pointer: Local, vectors: readonly (readonly number[])[]): LoadedVectors {
  const low = Math.min(0, ...vectors.flat());
  const start = low < 0 ? scope.local("i32") : pointer;
  const code: Code[] = low < 0 ? [set(start, i32.add(pointer, low * numbers.bytes))] : [];
  const above = vectors.map((offsets) => offsets.map((offset) => offset - low));
  if (isTransposed(numbers, above)) {
    const [into, spare] = [above.map(() => scope.local("v128")), above.map(() => scope.local("v128"))];
    return { code: [...code.flat(), ...transposedLanes(numbers, start, above[0]!, into, spare)], locals: into };
  }
  const known = new Map<string, Local>();
  const locals = above.map((offsets) => {
    const key = offsets.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const local = scope.local("v128");
    known.set(key, local);
    code.push(set(local, lanesCode(numbers, start, offsets)));
    return local;
  });
  return { code: code.flat(), locals };
}
