import { unsigned } from "./bytes.js";
import { type Code, instruction, type Operand, type Reading } from "./code.js";
import { binaries, loads, shifts, simd, stores, type Ternary, unaries } from "./families.js";

/** Four or two numbers at once, whatever they are. Masks have all bits of a lane set, or none. */
export const v128 = {
  ...loads(simd, {
    load: [0x00, 0],
    load32Splat: [0x09, 0],
    load64Splat: [0x0a, 0],
    load32Zero: [0x5c, 0],
    load64Zero: [0x5d, 0],
  }),
  ...stores("i32x4", simd, { store: [0x0b, 0] }),
  ...unaries("i32x4", simd, { not: 0x4d, anyTrue: 0x53 }),
  /** `andnot(x, y)` is x ∧ ¬y. */
  ...binaries("i32x4", simd, { and: 0x4e, andnot: 0x4f, or: 0x50, xor: 0x51 }),
  /** Bits of x where the mask has 1, of y where it has 0. */
  bitselect: ((x, y, mask) => instruction(simd(0x52), ["i32x4", "i32x4", "i32x4"], [x, y, mask])) as Ternary,
  /** A constant of 16 bytes. */
  constant: (bytes: Code): Code => [...simd(0x0c), ...bytes],
} as const;

export const i8x16 = {
  /** Byte i of the result is byte `bytes[i]` of x (0 … 15) or of y (16 … 31). */
  shuffle: (x: Operand, y: Operand, bytes: Code): Code => instruction(simd(0x0d), ["i8x16", "i8x16"], [x, y], bytes),
} as const;

export const i32x4 = {
  ...unaries("i32", simd, { splat: 0x11 }),
  ...lanes("i32x4", "i32", 0x1b, 0x1c),
  ...unaries("i32x4", simd, { abs: 0xa0, neg: 0xa1, allTrue: 0xa3, bitmask: 0xa4 }),
  ...binaries("i32x4", simd, {
    eq: 0x37,
    ne: 0x38,
    ltS: 0x39,
    gtS: 0x3b,
    leS: 0x3d,
    geS: 0x3f,
    add: 0xae,
    sub: 0xb1,
    mul: 0xb5,
    minS: 0xb6,
    maxS: 0xb8,
  }),
  ...shifts("i32x4", { shl: 0xab, shrS: 0xac, shrU: 0xad }),
  ...unaries("f32x4", simd, { truncSatF32x4S: 0xf8 }),
  /** Two integers, then two zeros. */
  ...unaries("f64x2", simd, { truncSatF64x2SZero: 0xfc }),
} as const;

export const i64x2 = {
  ...unaries("i64", simd, { splat: 0x12 }),
  ...lanes("i64x2", "i64", 0x1d, 0x1e),
  ...unaries("i64x2", simd, { abs: 0xc0, neg: 0xc1, allTrue: 0xc3, bitmask: 0xc4 }),
  ...binaries("i64x2", simd, { eq: 0xd6, ne: 0xd7, ltS: 0xd8, gtS: 0xd9, leS: 0xda, geS: 0xdb, add: 0xce, sub: 0xd1, mul: 0xd5 }),
  ...shifts("i64x2", { shl: 0xcb, shrS: 0xcc, shrU: 0xcd }),
} as const;

/** `pmin(x, y)` is y < x ? y : x and `pmax(x, y)` is x < y ? y : x: one machine instruction each; `min` and `max` keep NaN and the sign of zero. */
export const f32x4 = {
  ...loads(simd, { load: [0x00, 0], loadSplat: [0x09, 0] }),
  ...access("f32x4", 0x56, 0x5a),
  ...unaries("f32", simd, { splat: 0x13 }),
  ...lanes("f32x4", "f32", 0x1f, 0x20),
  ...unaries("f32x4", simd, { ceil: 0x67, floor: 0x68, trunc: 0x69, nearest: 0x6a, abs: 0xe0, neg: 0xe1, sqrt: 0xe3 }),
  ...binaries("f32x4", simd, {
    eq: 0x41,
    ne: 0x42,
    lt: 0x43,
    gt: 0x44,
    le: 0x45,
    ge: 0x46,
    add: 0xe4,
    sub: 0xe5,
    mul: 0xe6,
    div: 0xe7,
    min: 0xe8,
    max: 0xe9,
    pmin: 0xea,
    pmax: 0xeb,
  }),
  ...unaries("i32x4", simd, { convertI32x4S: 0xfa }),
  /** Two numbers rounded to float32, then two zeros. */
  ...unaries("f64x2", simd, { demoteF64x2Zero: 0x5e }),
  ...products("f32x4", 0x105, 0x106),
} as const;

export const f64x2 = {
  ...loads(simd, { load: [0x00, 0], loadSplat: [0x0a, 0] }),
  ...access("f64x2", 0x57, 0x5b),
  ...unaries("f64", simd, { splat: 0x14 }),
  ...lanes("f64x2", "f64", 0x21, 0x22),
  ...unaries("f64x2", simd, { ceil: 0x74, floor: 0x75, trunc: 0x7a, nearest: 0x94, abs: 0xec, neg: 0xed, sqrt: 0xef }),
  ...binaries("f64x2", simd, {
    eq: 0x47,
    ne: 0x48,
    lt: 0x49,
    gt: 0x4a,
    le: 0x4b,
    ge: 0x4c,
    add: 0xf0,
    sub: 0xf1,
    mul: 0xf2,
    div: 0xf3,
    min: 0xf4,
    max: 0xf5,
    pmin: 0xf6,
    pmax: 0xf7,
  }),
  /** The lower two lanes as float64. */
  ...unaries("i32x4", simd, { convertLowI32x4S: 0xfe }),
  ...unaries("f32x4", simd, { promoteLowF32x4: 0x5f }),
  ...products("f64x2", 0x107, 0x108),
} as const;

/** Relaxed SIMD: x·y + z and z − x·y, rounded once or twice as the machine likes. */
function products(reading: Reading, madd: number, nmadd: number): { readonly relaxedMadd: Ternary; readonly relaxedNmadd: Ternary } {
  return {
    relaxedMadd: (x, y, z) => instruction(simd(madd), [reading, reading, reading], [x, y, z]),
    relaxedNmadd: (x, y, z) => instruction(simd(nmadd), [reading, reading, reading], [x, y, z]),
  };
}

function lanes(reading: Reading, scalar: Reading, extract: number, replace: number) {
  return {
    extractLane: (x: Operand, lane: number): Code => instruction(simd(extract), [reading], [x], [lane]),
    replaceLane: (x: Operand, lane: number, value: Operand): Code => instruction(simd(replace), [reading, scalar], [x, value], [lane]),
  };
}

/** Loads and stores of whole vectors, and of one lane. `loadLane` gives x with that lane replaced. */
function access(reading: Reading, loadLane: number, storeLane: number) {
  return {
    ...stores(reading, simd, { store: [0x0b, 0] }),
    loadLane: (address: Operand, x: Operand, lane: number, offset = 0): Code => laneAccess(loadLane, reading, address, x, lane, offset),
    storeLane: (address: Operand, x: Operand, lane: number, offset = 0): Code => laneAccess(storeLane, reading, address, x, lane, offset),
  };
}

function laneAccess(opcode: number, reading: Reading, address: Operand, x: Operand, lane: number, offset: number): Code {
  return instruction(simd(opcode), ["i32", reading], [address, x], [0, ...unsigned(offset), lane]);
}
