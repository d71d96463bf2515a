import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rng, rngFromState } from "../src/rng.js";

const take = <T>(n: number, draw: () => T): T[] => Array.from({ length: n }, draw);
const mean = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;

describe("rng", () => {
  test("the same seed gives the same numbers, other seeds others", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [one, same, next] = [rng(seed), rng(seed), rng(seed + 1)];
        const numbers = take(4, one.uniform);
        expect(take(4, same.uniform)).toEqual(numbers);
        expect(take(4, next.uniform)).not.toEqual(numbers);
      }),
    );
  });

  test("state and rngFromState continue where a stream stood", () => {
    const stream = rng(5);
    take(7, stream.normal);
    const copy = rngFromState(stream.state());
    expect(take(5, copy.normal)).toEqual(take(5, stream.normal));
  });

  test("split gives a stream of its own and does not repeat", () => {
    const stream = rng(3);
    const [first, second] = [stream.split(), stream.split()];
    const streams = [stream, first, second].map((s) => take(3, s.uniform).join());
    expect(new Set(streams).size).toBe(3);
    const again = rng(3);
    expect(take(3, again.split().uniform).join()).toBe(streams[1]);
  });

  // Bounds are 5 standard deviations of each estimate, and the seed is fixed.
  test("uniform: in [0, 1), mean 1/2, variance 1/12", () => {
    const xs = take(40_000, rng(1).uniform);
    expect(xs.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(Math.abs(mean(xs) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / xs.length));
    expect(Math.abs(mean(xs.map((x) => (x - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / xs.length));
  });

  test("normal: mean 0, variance 1, fourth moment 3, and 4.55 % beyond ±2", () => {
    const xs = take(40_000, rng(2).normal);
    const n = xs.length;
    expect(Math.abs(mean(xs))).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(mean(xs.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(mean(xs.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    const beyond = xs.filter((x) => Math.abs(x) > 2).length / n;
    expect(Math.abs(beyond - 0.0455)).toBeLessThan(5 * Math.sqrt((0.0455 * 0.9545) / n));
  });

  test("normal is the polar method, its logarithm to the last bits", () => {
    // The same draws through Math.log, which is right to an ulp.
    const stream = rng(11);
    for (let i = 0; i < 1000; i++) {
      const shadow = rngFromState(stream.state());
      let [u, s] = [0, 0];
      do {
        u = 2 * shadow.uniform() - 1;
        s = u * u + (2 * shadow.uniform() - 1) ** 2;
      } while (s <= 0 || s >= 1);
      const reference = u * Math.sqrt((-2 * Math.log(s)) / s);
      expect(Math.abs(stream.normal() - reference)).toBeLessThan(1e-13 * Math.max(1, Math.abs(reference)));
    }
  });

  test("int covers its range evenly", () => {
    const { int } = rng(4);
    const tally = new Array<number>(6).fill(0);
    for (const k of take(6000, () => int(6))) tally[k] = (tally[k] as number) + 1;
    for (const count of tally) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(6000 * (1 / 6) * (5 / 6)));
    expect(take(5, () => int(1))).toEqual([0, 0, 0, 0, 0]);
  });

  test("permutation holds every number once, and every order of three is as likely", () => {
    const stream = rng(6);
    expect([...stream.permutation(50)].sort((p, q) => p - q)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...stream.permutation(0)]).toEqual([]);
    const orders = new Map<string, number>();
    for (const order of take(6000, () => stream.permutation(3).join(""))) orders.set(order, (orders.get(order) ?? 0) + 1);
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(6000 * (1 / 6) * (5 / 6)));
  });

  test("refuses seeds, bounds and states that are none", () => {
    expect(() => rng(0.5)).toThrow(new RangeError("rng: the seed is 0.5; it must be an integer"));
    expect(() => rng(1).int(0)).toThrow("rng.int: the bound is 0; it must be an integer in 1 … 2^31");
    expect(() => rng(1).int(2 ** 31 + 1)).toThrow("rng.int: the bound is 2147483649");
    expect(() => rngFromState([1, 2])).toThrow("rngFromState: the state is [1, 2]; it must be the four integers that state() gave");
  });
});
