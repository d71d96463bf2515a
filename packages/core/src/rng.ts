import type { Backend, Buffer } from "@paramat/backends";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers. Same seed, same numbers on every platform: only correctly rounded operations are used. */
export interface Rng {
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Uniform in {0, …, bound − 1}. @throws RangeError unless bound is an integer in 1 … 2³¹ */
  int(bound: number): number;
  /** A uniformly random order of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): Int32Array;
  /** A new stream, independent of what this one gives afterwards. */
  split(): Rng;
  /** Where the stream stands; `rngFromState` continues there. */
  state(): RngState;
  /** Only a stream that stands in for an argument of a function being compiled has it: `randomArray` draws through it. */
  readonly recorded?: RecordedDraws;
}

/** Draws that a program makes in each run. */
export interface RecordedDraws {
  /** The recording that the numbers belong to. */
  readonly backend: Backend;
  draw(length: number, fill: (stream: unknown, out: Float64Array) => void): Buffer;
}

export type RngState = readonly number[];

type Generator = ReturnType<typeof xoroshiro128plus>;

/**
 * A random stream from an integer seed (xoroshiro128+ of the package pure-rand).
 * @example
 * import { rng } from "@paramat/core";
 * rng(7).uniform() === rng(7).uniform(); // → true
 */
export function rng(seed: number): Rng {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`rng: the seed is ${seed}; it must be an integer`);
  const generator = xoroshiro128plus(seed);
  // Near seeds start with near states; a few dozen steps mix them.
  for (let i = 0; i < 64; i++) generator.next();
  return fromGenerator(generator);
}

/** The stream that `state()` was asked of, from where it stood. @throws RangeError unless given four integers */
export function rngFromState(state: RngState): Rng {
  if (state.length !== 4 || !state.every(Number.isInteger)) {
    throw new RangeError(`rngFromState: the state is [${state.join(", ")}]; it must be the four integers that state() gave`);
  }
  return fromGenerator(xoroshiro128plusFromState(state));
}

function fromGenerator(generator: Generator): Rng {
  const uniform = () => uniformFloat64(generator);
  const int = (bound: number) => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 31) {
      throw new RangeError(`rng.int: the bound is ${bound}; it must be an integer in 1 … 2^31`);
    }
    return uniformInt(generator, 0, bound - 1);
  };
  return {
    uniform,
    int,
    normal() {
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        // The second normal of the pair is not kept, so that the generator's state is all the state there is.
        if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s);
      }
    },
    permutation(n) {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = int(i + 1);
        const swapped = order[i] as number;
        order[i] = order[j] as number;
        order[j] = swapped;
      }
      return order;
    },
    split() {
      return fromGenerator(xoroshiro128plusFromState([generator.next(), generator.next(), generator.next(), generator.next() | 1]));
    },
    state: () => generator.getState(),
  };
}

/** log x for 0 < x < 1 from + − × ÷ alone: Math.log may differ in its last bit between platforms. log x = 2 artanh((x−1)/(x+1)) − e log 2, with x scaled into [1/2, 1). */
function log(x: number): number {
  let mantissa = x;
  let doublings = 0;
  while (mantissa < 0.5) {
    mantissa *= 2;
    doublings++;
  }
  const t = (mantissa - 1) / (mantissa + 1);
  const square = t * t;
  let sum = 0;
  for (let k = 35; k >= 1; k -= 2) sum = sum * square + 1 / k;
  return 2 * t * sum - doublings * Math.LN2;
}
