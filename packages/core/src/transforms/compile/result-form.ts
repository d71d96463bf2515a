import { isValue } from "../../tree.js";
import type { Value } from "../../value.js";

/** What a function gave, with its arrays apart from the rest. */
export interface ResultForm<Z> {
  readonly values: readonly Value[];
  /** Puts other arrays in the place of the result's own, of which it keeps none. */
  readonly rebuild: (values: readonly Value[]) => Z;
}

/** Stands for an array in a result that is taken apart. */
const hole: unique symbol = Symbol("array");

/** @throws TypeError for functions and objects of classes in the result, which would hold on to the recording */
export function resultForm<Z>(result: Z): ResultForm<Z> {
  const values: Value[] = [];
  return { values, rebuild: filler<Z>(emptied(result, "", values)) };
}

function filler<Z>(form: unknown): (values: readonly Value[]) => Z {
  return (values) => {
    let next = 0;
    const filled = (x: unknown): unknown => {
      if (x === hole) return values[next++];
      if (Array.isArray(x)) return x.map(filled);
      if (typeof x === "object" && x !== null) return Object.fromEntries(Object.entries(x).map(([key, child]) => [key, filled(child)]));
      return x;
    };
    return filled(form) as Z;
  };
}

function emptied(x: unknown, path: string, into: Value[]): unknown {
  if (isValue(x)) {
    into.push(x);
    return hole;
  }
  if (Array.isArray(x)) return x.map((child, i) => emptied(child, `${path}[${i}]`, into));
  if (typeof x === "function") throw refused("a function", path);
  if (typeof x !== "object" || x === null) return x;
  const prototype: unknown = Object.getPrototypeOf(x);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw refused(`an object of class ${x.constructor.name}`, path);
  return Object.fromEntries(Object.entries(x).map(([key, child]) => [key, emptied(child, `${path}.${key}`, into)]));
}

function refused(found: string, path: string): TypeError {
  const remedy = found.endsWith("Promise") ? "; what is compiled cannot wait" : "";
  return new TypeError(
    `compile: the function gave ${found} at ${path || "the root"} of its result; it must give arrays, plain data, and objects and arrays of them${remedy}`,
  );
}
