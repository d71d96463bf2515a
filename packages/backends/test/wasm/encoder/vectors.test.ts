import { describe, expect, it } from "vitest";
import { type Binary, f32x4, f64x2, i8x16, i32x4, i64x2, type Unary, v128 } from "../../../src/wasm/encoder/index.js";
import { hasRelaxed } from "../contract-trial.js";
import { runBody } from "./run-function.js";

const mask = (holds: boolean): number => (holds ? -1 : 0);
const rows = <T>(record: Readonly<Record<string, T>>) => Object.entries(record);
const floats = {
  f32x4: { type: f32x4, lanes: 4, Numbers: Float32Array },
  f64x2: { type: f64x2, lanes: 2, Numbers: Float64Array },
} as const;

const nearest = (x: number): number => {
  const size = Math.abs(x);
  const low = Math.floor(size);
  return Math.sign(x) * (size - low !== 0.5 ? Math.round(size) : low % 2 === 0 ? low : low + 1);
};
const unaries = { ceil: Math.ceil, floor: Math.floor, trunc: Math.trunc, nearest, abs: Math.abs, neg: (x: number) => -x, sqrt: Math.sqrt };
const binaries = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  div: (x: number, y: number) => x / y,
  min: Math.min,
  max: Math.max,
  pmin: (x: number, y: number) => (y < x ? y : x),
  pmax: (x: number, y: number) => (x < y ? y : x),
};
const comparisons = {
  eq: (x: number, y: number) => mask(x === y),
  ne: (x: number, y: number) => mask(x !== y),
  lt: (x: number, y: number) => mask(x < y),
  gt: (x: number, y: number) => mask(x > y),
  le: (x: number, y: number) => mask(x <= y),
  ge: (x: number, y: number) => mask(x >= y),
};

describe.each(rows(floats))("%s", (_name, { type, lanes, Numbers }) => {
  const xs = Numbers.from([1.5, -2.5, 0.3, -7].slice(0, lanes));
  const ys = Numbers.from([1.5, 4, NaN, -6.75].slice(0, lanes));
  const both = Numbers.from([...xs, ...ys]);
  const result = (out: DataView) => [...new Numbers(out.buffer as ArrayBuffer, out.byteOffset, lanes)];
  const integers = (out: DataView) => [...new Int32Array(out.buffer, out.byteOffset, 4)];

  it.each(rows(unaries))("%s", (name, reference) => {
    const out = runBody(both, 16, (x, y) => type.store(y, type[name as keyof typeof unaries](type.load(x))));
    expect(result(out)).toEqual([...xs.map(reference)]);
  });

  it.each(rows(binaries))("%s", (name, reference) => {
    const out = runBody(both, 16, (x, y) => type.store(y, type[name as keyof typeof binaries](type.load(x), type.load(x, 16))));
    expect(result(out)).toEqual([...xs.map((value, i) => reference(value, ys[i]!))]);
  });

  it.each(rows(comparisons))("%s", (name, reference) => {
    const out = runBody(both, 16, (x, y) => type.store(y, type[name as keyof typeof comparisons](type.load(x), type.load(x, 16))));
    const perLane = 4 / lanes;
    expect(integers(out)).toEqual([...xs].flatMap((value, i) => new Array<number>(perLane).fill(reference(value, ys[i]!))));
  });

  it("splats, takes lanes out and puts them in", () => {
    const size = Numbers.BYTES_PER_ELEMENT;
    const out = runBody(both, 64, (x, y) => [
      ...type.store(y, type.loadSplat(x, size)),
      ...type.store(y, type.replaceLane(type.splat(3), 1, type.extractLane(type.load(x), 0)), 16),
      ...type.store(y, type.loadLane(x, type.splat(3), lanes - 1, size), 32),
      ...type.storeLane(y, type.load(x), 1, 48),
    ]);
    const at = (i: number) => [...new Numbers(out.buffer as ArrayBuffer, out.byteOffset + 16 * i, lanes)];
    expect(at(0)).toEqual(new Array(lanes).fill(xs[1]));
    expect(at(1)).toEqual([3, xs[0], 3, 3].slice(0, lanes));
    expect(at(2)).toEqual([...new Array(lanes - 1).fill(3), xs[1]]);
    expect(at(3)).toEqual([xs[1], ...new Array(lanes - 1).fill(0)]);
  });

  it("takes a constant in every lane", () => {
    const out = runBody(both, 16, (x, y) => type.store(y, type.mul(type.load(x), 2)));
    expect(result(out)).toEqual([...xs.map((value) => 2 * value)]);
  });

  it.skipIf(!hasRelaxed)("relaxed: x·y + z and z − x·y, exact where nothing is rounded", () => {
    const out = runBody(both, 32, (x, y) => [
      ...type.store(y, type.relaxedMadd(type.load(x), 2, 8)),
      ...type.store(y, type.relaxedNmadd(type.load(x), 2, 8), 16),
    ]);
    const at = (i: number) => [...new Numbers(out.buffer as ArrayBuffer, out.byteOffset + 16 * i, lanes)];
    expect(at(0)).toEqual([...xs.map((value) => 8 + 2 * value)]);
    expect(at(1)).toEqual([...xs.map((value) => 8 - 2 * value)]);
  });
});

const lanes32 = (out: DataView) => [...new Int32Array(out.buffer, out.byteOffset, out.byteLength / 4)];
const lanes64 = (out: DataView) => [...new BigInt64Array(out.buffer, out.byteOffset, out.byteLength / 8)];
const holds64 = (holds: boolean) => (holds ? -1n : 0n);

describe("i32x4", () => {
  const xs = [5, -7, 2 ** 31 - 1, 0];
  const ys = [5, 3, 2, -4];
  const cases: Readonly<Record<string, readonly [Binary, (x: number, y: number) => number]>> = {
    add: [i32x4.add, (x, y) => (x + y) | 0],
    sub: [i32x4.sub, (x, y) => (x - y) | 0],
    mul: [i32x4.mul, Math.imul],
    minS: [i32x4.minS, Math.min],
    maxS: [i32x4.maxS, Math.max],
    eq: [i32x4.eq, (x, y) => mask(x === y)],
    ne: [i32x4.ne, (x, y) => mask(x !== y)],
    ltS: [i32x4.ltS, (x, y) => mask(x < y)],
    gtS: [i32x4.gtS, (x, y) => mask(x > y)],
    leS: [i32x4.leS, (x, y) => mask(x <= y)],
    geS: [i32x4.geS, (x, y) => mask(x >= y)],
    and: [v128.and, (x, y) => x & y],
    andnot: [v128.andnot, (x, y) => x & ~y],
    or: [v128.or, (x, y) => x | y],
    xor: [v128.xor, (x, y) => x ^ y],
  };

  it.each(rows(cases))("%s", (_, [code, reference]) => {
    const out = runBody(Int32Array.from([...xs, ...ys]), 16, (x, y) => v128.store(y, code(v128.load(x), v128.load(x, 16))));
    expect(lanes32(out)).toEqual(xs.map((value, i) => reference(value, ys[i]!)));
  });

  const single: Readonly<Record<string, readonly [Unary, (x: number) => number]>> = {
    abs: [i32x4.abs, (x) => Math.abs(x) | 0],
    neg: [i32x4.neg, (x) => -x | 0],
    not: [v128.not, (x) => ~x],
    shl: [(x) => i32x4.shl(x, 3), (x) => x << 3],
    shrS: [(x) => i32x4.shrS(x, 3), (x) => x >> 3],
    shrU: [(x) => i32x4.shrU(x, 3), (x) => (x >>> 3) | 0],
  };

  it.each(rows(single))("%s", (_, [code, reference]) => {
    const out = runBody(Int32Array.from(xs), 16, (x, y) => v128.store(y, code(v128.load(x))));
    expect(lanes32(out)).toEqual(xs.map((value) => reference(value)));
  });

  it("splats, takes lanes out and puts them in, and answers questions about all lanes", () => {
    const out = runBody(Int32Array.from(xs), 64, (x, y) => [
      ...v128.store(y, i32x4.replaceLane(v128.load(x), 2, i32x4.extractLane(v128.load(x), 1))),
      ...v128.store(y, i32x4.splat(i32x4.allTrue(v128.load(x))), 16),
      ...v128.store(y, i32x4.splat(v128.anyTrue(v128.load(x))), 32),
      ...v128.store(y, i32x4.splat(i32x4.bitmask(v128.load(x))), 48),
    ]);
    expect(lanes32(out)).toEqual([5, -7, -7, 0, ...[0, 0, 0, 0], ...[1, 1, 1, 1], ...[2, 2, 2, 2]]);
  });

  it("converts to and from numbers", () => {
    const out = runBody(Float32Array.of(1.75, -3e10, NaN, -2.5), 64, (x, y) => [
      ...v128.store(y, i32x4.truncSatF32x4S(v128.load(x))),
      ...v128.store(y, i32x4.truncSatF64x2SZero(f64x2.promoteLowF32x4(v128.load(x))), 16),
      ...v128.store(
        y,
        f32x4.convertI32x4S(v128.constant([...[7, 0, 0, 0], ...[0xff, 0xff, 0xff, 0xff], ...new Array<number>(8).fill(0)])),
        32,
      ),
      ...v128.store(y, f32x4.demoteF64x2Zero(f64x2.convertLowI32x4S(i32x4.splat(-5))), 48),
    ]);
    expect(lanes32(out).slice(0, 8)).toEqual([1, -(2 ** 31), 0, -2, 1, -(2 ** 31), 0, 0]);
    expect([...new Float32Array(out.buffer, out.byteOffset + 32, 8)]).toEqual([7, -1, 0, 0, -5, -5, 0, 0]);
  });
});

describe("i64x2", () => {
  const xs = [5n, -(2n ** 40n)];
  const ys = [5n, 3n];
  const wrap = (x: bigint) => BigInt.asIntN(64, x);
  const cases: Readonly<Record<string, readonly [Binary, (x: bigint, y: bigint) => bigint]>> = {
    add: [i64x2.add, (x, y) => wrap(x + y)],
    sub: [i64x2.sub, (x, y) => wrap(x - y)],
    mul: [i64x2.mul, (x, y) => wrap(x * y)],
    eq: [i64x2.eq, (x, y) => holds64(x === y)],
    ne: [i64x2.ne, (x, y) => holds64(x !== y)],
    ltS: [i64x2.ltS, (x, y) => holds64(x < y)],
    gtS: [i64x2.gtS, (x, y) => holds64(x > y)],
    leS: [i64x2.leS, (x, y) => holds64(x <= y)],
    geS: [i64x2.geS, (x, y) => holds64(x >= y)],
  };

  it.each(rows(cases))("%s", (_, [code, reference]) => {
    const out = runBody(BigInt64Array.from([...xs, ...ys]), 16, (x, y) => v128.store(y, code(v128.load(x), v128.load(x, 16))));
    expect(lanes64(out)).toEqual(xs.map((value, i) => reference(value, ys[i]!)));
  });

  const single: Readonly<Record<string, readonly [Unary, (x: bigint) => bigint]>> = {
    abs: [i64x2.abs, (x) => (x < 0n ? -x : x)],
    neg: [i64x2.neg, (x) => -x],
    shl: [(x) => i64x2.shl(x, 3), (x) => wrap(x << 3n)],
    shrS: [(x) => i64x2.shrS(x, 3), (x) => x >> 3n],
    shrU: [(x) => i64x2.shrU(x, 3), (x) => BigInt.asUintN(64, x) >> 3n],
  };

  it.each(rows(single))("%s", (_, [code, reference]) => {
    const out = runBody(BigInt64Array.from(xs), 16, (x, y) => v128.store(y, code(v128.load(x))));
    expect(lanes64(out)).toEqual(xs.map(reference));
  });

  it("splats, takes lanes out and answers questions", () => {
    const out = runBody(BigInt64Array.from(xs), 64, (x, y) => [
      ...v128.store(y, i64x2.splat(i64x2.extractLane(v128.load(x), 1))),
      ...v128.store(y, i64x2.replaceLane(v128.load(x), 1, 9), 16),
      ...v128.store(y, i32x4.splat(i64x2.allTrue(v128.load(x))), 32),
      ...v128.store(y, i32x4.splat(i64x2.bitmask(v128.load(x))), 48),
    ]);
    expect(lanes64(out).slice(0, 4)).toEqual([xs[1], xs[1], xs[0], 9n]);
    expect(lanes32(out).slice(8)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  });
});

describe("bytes of vectors", () => {
  it("shuffles, selects by bits, and loads parts", () => {
    const bytes = Array.from({ length: 16 }, (_, i) => (5 * i + 3) % 32);
    const out = runBody(
      Int32Array.from({ length: 8 }, (_, i) => 0x01010101 * (16 * i) + 0x03020100),
      96,
      (x, y) => [
        ...v128.store(y, i8x16.shuffle(v128.load(x), v128.load(x, 16), bytes)),
        ...v128.store(y, v128.bitselect(i32x4.splat(0x1234), i32x4.splat(0x5678), i32x4.splat(0xff)), 16),
        ...v128.store(y, v128.load32Zero(x, 4), 32),
        ...v128.store(y, v128.load64Zero(x, 8), 48),
        ...v128.store(y, v128.load32Splat(x, 4), 64),
        ...v128.store(y, v128.load64Splat(x, 8), 80),
      ],
    );
    const word = (i: number) => (0x01010101 * (16 * i) + 0x03020100) | 0;
    const byte = (i: number) => 16 * (i >> 2) + (i & 3);
    expect([...new Uint8Array(out.buffer, out.byteOffset, 16)]).toEqual(bytes.map(byte));
    expect(lanes32(out).slice(4)).toEqual([
      ...new Array(4).fill(0x5634),
      ...[word(1), 0, 0, 0],
      ...[word(2), word(3), 0, 0],
      ...new Array(4).fill(word(1)),
      ...[word(2), word(3), word(2), word(3)],
    ]);
  });
});
