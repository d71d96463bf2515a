import { describe, expect, it } from "vitest";
import type { Binary, Unary } from "../../../src/wasm/encoder/index.js";
import { f32, f64, i32, i64 } from "../../../src/wasm/encoder/index.js";
import { runBody } from "./run-function.js";

const integers = [7, -3, 0, 1, 2 ** 31 - 1, -(2 ** 31), 255, -4];
const numbers = [1.5, -2.25, 0.5, -0.5, 3, 2.5, -7, 1e10];

type Row<F, T> = readonly [name: string, code: F, reference: T];

/** Each instruction on each pair of neighbours among the samples, the last beside the first. */
const pairsOf = <T>(samples: readonly T[]): (readonly [T, T])[] => samples.map((x, i) => [x, samples[(i + 1) % samples.length]!]);
const bit = (holds: boolean): number => (holds ? 1 : 0);

describe("i32", () => {
  const unaries: readonly Row<Unary, (x: number) => number>[] = [
    ["eqz", i32.eqz, (x) => bit(x === 0)],
    ["clz", i32.clz, Math.clz32],
    ["ctz", i32.ctz, (x) => (x === 0 ? 32 : 31 - Math.clz32(x & -x))],
    ["popcnt", i32.popcnt, (x) => (x >>> 0).toString(2).replaceAll("0", "").length],
  ];
  const binaries: readonly Row<Binary, (x: number, y: number) => number>[] = [
    ["eq", i32.eq, (x, y) => bit(x === y)],
    ["ne", i32.ne, (x, y) => bit(x !== y)],
    ["ltS", i32.ltS, (x, y) => bit(x < y)],
    ["ltU", i32.ltU, (x, y) => bit(x >>> 0 < y >>> 0)],
    ["gtS", i32.gtS, (x, y) => bit(x > y)],
    ["gtU", i32.gtU, (x, y) => bit(x >>> 0 > y >>> 0)],
    ["leS", i32.leS, (x, y) => bit(x <= y)],
    ["leU", i32.leU, (x, y) => bit(x >>> 0 <= y >>> 0)],
    ["geS", i32.geS, (x, y) => bit(x >= y)],
    ["geU", i32.geU, (x, y) => bit(x >>> 0 >= y >>> 0)],
    ["add", i32.add, (x, y) => (x + y) | 0],
    ["sub", i32.sub, (x, y) => (x - y) | 0],
    ["mul", i32.mul, Math.imul],
    ["and", i32.and, (x, y) => x & y],
    ["or", i32.or, (x, y) => x | y],
    ["xor", i32.xor, (x, y) => x ^ y],
    ["shl", i32.shl, (x, y) => x << y],
    ["shrS", i32.shrS, (x, y) => x >> y],
    ["shrU", i32.shrU, (x, y) => (x >>> y) | 0],
  ];
  const divisions: typeof binaries = [
    ["divS", i32.divS, (x, y) => Math.trunc(x / y) | 0],
    ["divU", i32.divU, (x, y) => Math.trunc((x >>> 0) / (y >>> 0)) | 0],
    ["remS", i32.remS, (x, y) => (x % y) | 0],
    ["remU", i32.remU, (x, y) => ((x >>> 0) % (y >>> 0)) | 0],
  ];

  it.each(unaries)("%s", (_, code, reference) => {
    const out = runBody(Int32Array.from(integers), 32, (x, y) => integers.flatMap((_, i) => i32.store(y, code(i32.load(x, 4 * i)), 4 * i)));
    integers.forEach((x, i) => expect(out.getInt32(4 * i, true)).toBe(reference(x)));
  });

  it.each([...binaries, ...divisions])("%s", (_, code, reference) => {
    const pairs = pairsOf(integers).filter(([, y]) => y !== 0);
    const out = runBody(Int32Array.from(pairs.flat()), 32, (x, y) =>
      pairs.flatMap((_, i) => i32.store(y, code(i32.load(x, 8 * i), i32.load(x, 8 * i + 4)), 4 * i)),
    );
    pairs.forEach(([x, y], i) => expect(out.getInt32(4 * i, true)).toBe(reference(x, y)));
  });

  it("takes constants of any sign and size", () => {
    const constants = [0, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31), 2 ** 32 - 1];
    const out = runBody(new Int32Array(1), 32, (_, y) => constants.flatMap((n, i) => i32.store(y, n, 4 * i)));
    constants.forEach((n, i) => expect(out.getInt32(4 * i, true)).toBe(n | 0));
  });

  it("reads and writes single bytes", () => {
    const out = runBody(Int32Array.of(0x01f2_0304), 8, (x, y) => [...i32.store(y, i32.load8U(x, 2)), ...i32.store8(y, 0x1ff, 4)]);
    expect([out.getInt32(0, true), out.getInt32(4, true)]).toEqual([0xf2, 0xff]);
  });

  it("comes from other types by saturation or bit by bit", () => {
    const out = runBody(Float64Array.of(-1e12, 2.75), 16, (x, y) => [
      ...i32.store(y, i32.truncSatF64S(f64.load(x))),
      ...i32.store(y, i32.truncSatF32S(f32.demoteF64(f64.load(x, 8))), 4),
      ...i32.store(y, i32.reinterpretF32(1), 8),
      ...i32.store(y, i32.wrapI64(i64.add(2n ** 40n, 5)), 12),
    ]);
    expect([0, 4, 8, 12].map((at) => out.getInt32(at, true))).toEqual([-(2 ** 31), 2, 0x3f80_0000, 5]);
  });
});

describe("i64", () => {
  const samples = [7n, -3n, 1n, 2n ** 62n, -(2n ** 63n), 12n];
  const wrap = (x: bigint) => BigInt.asIntN(64, x);
  const holds = (x: boolean) => (x ? 1n : 0n);
  const binaries: readonly Row<Binary, (x: bigint, y: bigint) => bigint>[] = [
    ["add", i64.add, (x, y) => wrap(x + y)],
    ["sub", i64.sub, (x, y) => wrap(x - y)],
    ["mul", i64.mul, (x, y) => wrap(x * y)],
    ["and", i64.and, (x, y) => x & y],
    ["or", i64.or, (x, y) => x | y],
    ["xor", i64.xor, (x, y) => x ^ y],
    ["shl", i64.shl, (x, y) => wrap(x << (y & 63n))],
    ["shrS", i64.shrS, (x, y) => x >> (y & 63n)],
    ["shrU", i64.shrU, (x, y) => wrap(BigInt.asUintN(64, x) >> (y & 63n))],
  ];
  const comparisons: typeof binaries = [
    ["eq", i64.eq, (x, y) => holds(x === y)],
    ["ne", i64.ne, (x, y) => holds(x !== y)],
    ["ltS", i64.ltS, (x, y) => holds(x < y)],
    ["ltU", i64.ltU, (x, y) => holds(BigInt.asUintN(64, x) < BigInt.asUintN(64, y))],
    ["gtS", i64.gtS, (x, y) => holds(x > y)],
    ["leS", i64.leS, (x, y) => holds(x <= y)],
    ["geS", i64.geS, (x, y) => holds(x >= y)],
  ];
  const pairs = pairsOf(samples);

  it.each(binaries)("%s", (_, code, reference) => {
    const out = runBody(BigInt64Array.from(pairs.flat()), 48, (x, y) =>
      pairs.flatMap((_, i) => i64.store(y, code(i64.load(x, 16 * i), i64.load(x, 16 * i + 8)), 8 * i)),
    );
    pairs.forEach(([x, y], i) => expect(out.getBigInt64(8 * i, true)).toBe(reference(x, y)));
  });

  it.each(comparisons)("%s", (_, code, reference) => {
    const out = runBody(BigInt64Array.from(pairs.flat()), 48, (x, y) =>
      pairs.flatMap((_, i) => i64.store(y, i64.extendI32U(code(i64.load(x, 16 * i), i64.load(x, 16 * i + 8))), 8 * i)),
    );
    pairs.forEach(([x, y], i) => expect(out.getBigInt64(8 * i, true)).toBe(reference(x, y)));
  });

  it("extends integers with and without sign, and counts leading zeros", () => {
    const out = runBody(Int32Array.of(-2), 40, (x, y) => [
      ...i64.store(y, i64.extendI32S(i32.load(x))),
      ...i64.store(y, i64.extendI32U(i32.load(x)), 8),
      ...i64.store(y, i64.clz(1), 16),
      ...i64.store(y, i64.reinterpretF64(1), 24),
      ...i64.store(y, i64.extendI32U(i64.eqz(0)), 32),
    ]);
    expect([0, 8, 16, 24, 32].map((at) => out.getBigInt64(at, true))).toEqual([-2n, 2n ** 32n - 2n, 63n, 0x3ffn << 52n, 1n]);
  });
});

const even = (x: number): number => {
  const size = Math.abs(x);
  const low = Math.floor(size);
  return Math.sign(x) * (size - low !== 0.5 ? Math.round(size) : low % 2 === 0 ? low : low + 1);
};
const unaryReferences = {
  abs: Math.abs,
  neg: (x: number) => -x,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest: even,
  sqrt: Math.sqrt,
};
const binaryReferences = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  div: (x: number, y: number) => x / y,
  min: Math.min,
  max: Math.max,
  copysign: (x: number, y: number) => (y < 0 ? -Math.abs(x) : Math.abs(x)),
};
const comparisonReferences = {
  eq: (x: number, y: number) => bit(x === y),
  ne: (x: number, y: number) => bit(x !== y),
  lt: (x: number, y: number) => bit(x < y),
  gt: (x: number, y: number) => bit(x > y),
  le: (x: number, y: number) => bit(x <= y),
  ge: (x: number, y: number) => bit(x >= y),
};
const entriesOf = <T>(record: Readonly<Record<string, T>>) => Object.entries(record);

describe.each([["f32", f32, Float32Array, Math.fround] as const, ["f64", f64, Float64Array, (x: number) => x] as const])(
  "%s",
  (_name, type, Numbers, round) => {
    const size = Numbers.BYTES_PER_ELEMENT;
    const at = (out: DataView, i: number): number => (size === 4 ? out.getFloat32(4 * i, true) : out.getFloat64(8 * i, true));
    const pairs = pairsOf([...numbers, numbers.at(-1)!].map(round));

    it.each(entriesOf(unaryReferences))("%s", (name, reference) => {
      const code = type[name as keyof typeof unaryReferences];
      const out = runBody(Numbers.from(numbers), 8 * size, (x, y) =>
        numbers.flatMap((_, i) => type.store(y, code(type.load(x, size * i)), size * i)),
      );
      numbers.forEach((x, i) => expect(at(out, i)).toBe(round(reference(round(x)))));
    });

    it.each(entriesOf(binaryReferences))("%s", (name, reference) => {
      const code = type[name as keyof typeof binaryReferences];
      const out = runBody(Numbers.from(pairs.flat()), pairs.length * size, (x, y) =>
        pairs.flatMap((_, i) => type.store(y, code(type.load(x, 2 * size * i), type.load(x, 2 * size * i + size)), size * i)),
      );
      pairs.forEach(([x, y], i) => expect(at(out, i)).toBe(round(reference(x, y))));
    });

    it.each(entriesOf(comparisonReferences))("%s", (name, reference) => {
      const code = type[name as keyof typeof comparisonReferences];
      const out = runBody(Numbers.from(pairs.flat()), 4 * pairs.length, (x, y) =>
        pairs.flatMap((_, i) => i32.store(y, code(type.load(x, 2 * size * i), type.load(x, 2 * size * i + size)), 4 * i)),
      );
      pairs.forEach(([x, y], i) => expect(out.getInt32(4 * i, true)).toBe(reference(x, y)));
    });

    it("comes from integers, and takes constants", () => {
      const out = runBody(Int32Array.of(-9), 2 * size, (x, y) => [
        ...type.store(y, type.convertI32S(i32.load(x))),
        ...type.store(y, 0.1, size),
      ]);
      expect([at(out, 0), at(out, 1)]).toEqual([-9, round(0.1)]);
    });
  },
);

describe("conversions between scalars", () => {
  it("between the precisions, from bits, and from 64 bits", () => {
    const out = runBody(Float64Array.of(0.1), 40, (x, y) => [
      ...f64.store(y, f64.promoteF32(f32.demoteF64(f64.load(x)))),
      ...f64.store(y, f64.reinterpretI64(0x3ffn << 52n), 8),
      ...f64.store(y, f64.convertI64S(-(2n ** 40n)), 16),
      ...f64.store(y, f64.convertI32U(-1), 24),
      ...f32.store(y, f32.reinterpretI32(0x3f80_0000), 32),
    ]);
    expect([0, 8, 16, 24].map((at) => out.getFloat64(at, true))).toEqual([Math.fround(0.1), 1, -(2 ** 40), 2 ** 32 - 1]);
    expect(out.getFloat32(32, true)).toBe(1);
  });
});
