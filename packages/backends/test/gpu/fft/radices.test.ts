import { describe, expect, it } from "vitest";
import { radicesOf } from "../../../src/gpu/fft/radices.js";

describe("radicesOf", () => {
  it("multiplies to the length, by factors to 16 and primes to 127", () => {
    for (let n = 1; n <= 3000; n++) {
      const radices = radicesOf(n);
      const largest = largestPrime(n);
      expect(radices === null, String(n)).toBe(largest > 127);
      if (radices === null) continue;
      expect(radices.reduce((product, radix) => product * radix, 1)).toBe(n);
      expect(radices.every((radix) => radix > 1 && (radix <= 16 || radix === largestPrime(radix)))).toBe(true);
    }
  });

  it("takes few passes: one to 16, three for 1000 and 1024", () => {
    expect(radicesOf(1)).toEqual([]);
    expect(radicesOf(12)).toEqual([12]);
    expect(radicesOf(1000)).toEqual([10, 10, 10]);
    expect(radicesOf(1024)).toHaveLength(3);
  });
});

function largestPrime(n: number): number {
  let largest = 1;
  for (let p = 2; n > 1; p++) {
    while (n % p === 0) {
      largest = p;
      n /= p;
    }
  }
  return largest;
}
