import { isValue } from "../../tree.js";
import type { Value } from "../../value.js";

/** What a function gave, with its arrays apart from the rest. */
export interface ResultForm<Z> {
  readonly values: readonly Value[];
  /** The result with other arrays in the place of its own. */
  rebuild(values: readonly Value[]): Z;
}

/** @throws TypeError for functions and objects of classes in the result, which would hold on to the recording */
export function resultForm<Z>(result: Z): ResultForm<Z> {
  const values: Value[] = [];
  collect(result, "", values);
  return {
    values,
    rebuild(others) {
      let next = 0;
      const rebuilt = (x: unknown): unknown => {
        if (isValue(x)) return others[next++];
        if (Array.isArray(x)) return x.map(rebuilt);
        if (typeof x === "object" && x !== null) return Object.fromEntries(Object.entries(x).map(([key, child]) => [key, rebuilt(child)]));
        return x;
      };
      return rebuilt(result) as Z;
    },
  };
}

function collect(x: unknown, path: string, into: Value[]): void {
  if (isValue(x)) into.push(x);
  else if (Array.isArray(x)) x.forEach((child, i) => collect(child, `${path}[${i}]`, into));
  else if (typeof x === "function") throw refused("a function", path);
  else if (typeof x === "object" && x !== null) {
    const prototype: unknown = Object.getPrototypeOf(x);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw refused(`an object of class ${x.constructor.name}`, path);
    for (const [key, child] of Object.entries(x)) collect(child, `${path}.${key}`, into);
  }
}

function refused(found: string, path: string): TypeError {
  const remedy = found.endsWith("Promise") ? "; what is compiled cannot wait" : "";
  return new TypeError(
    `compile: the function gave ${found} at ${path || "the root"} of its result; it must give arrays, plain data, and objects and arrays of them${remedy}`,
  );
}
