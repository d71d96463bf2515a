import type { WasmFunction } from "../encoder/index.js";

/** `make`, but where a plan has been made before, by what JSON says of it, the same function again. */
export function madeOnce<Plan>(make: (plan: Plan) => WasmFunction): (plan: Plan) => WasmFunction {
  const made = new Map<string, WasmFunction>();
  return (plan) => {
    const key = JSON.stringify(plan);
    const known = made.get(key) ?? make(plan);
    made.set(key, known);
    return known;
  };
}
