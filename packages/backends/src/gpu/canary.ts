import { call, input } from "../expr.js";
import type { GpuBackend } from "./gpu-backend.js";

/**
 * What is wrong with the numbers of a device, or undefined: whether sums of loops beyond 1000 turns, positions beyond 2²⁴, results that wait while others are made,
 * and numbers that are not finite come out right.
 */
export async function canary(backend: GpuBackend): Promise<string | undefined> {
  const buffer = backend.upload([1, -2, 0.5, Number.POSITIVE_INFINITY, Number.NaN, 3]);
  const view = (offset: number, strides: readonly number[]) => ({ buffer, offset, strides });
  const results = backend.scope(() => [
    backend.map(call("add", call("mul", 2, input(0)), input(1)), [3], [view(0, [1]), view(0, [0])]),
    backend.map(call("mul", 2, input(0)), [6], [view(5, [-1])]),
    backend.map(call("max", input(0), input(1)), [2], [view(3, [1]), view(0, [0])]),
    backend.contract({ batch: [], m: 1, n: 1, k: 5000 }, view(0, [0, 0]), view(2, [0, 0])),
    backend.map(call("add", input(0), 1), [2], [view(0, [2])]),
  ]);
  const expected = [
    [3, -3, 2],
    [6, Number.NaN, Number.POSITIVE_INFINITY, 1, -4, 2],
    [Number.POSITIVE_INFINITY, Number.NaN],
    [2500],
    [2, 1.5],
  ];
  for (const [k, result] of results.entries()) {
    const found = [...(await backend.read(result))];
    if (!found.every((value, i) => Object.is(value, expected[k]![i]))) {
      return `this device computes wrong numbers: [${found.join(", ")}] in place of [${expected[k]!.join(", ")}] (test ${k + 1})`;
    }
  }
  return undefined;
}
