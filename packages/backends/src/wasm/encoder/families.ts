import { unsigned } from "./bytes.js";
import { type Code, instruction, type Operand, type Reading } from "./code.js";

export type Unary = (x: Operand) => Code;
export type Binary = (x: Operand, y: Operand) => Code;
export type Ternary = (x: Operand, y: Operand, z: Operand) => Code;
/** `offset` is in bytes, ≥ 0, added to the address. */
export type Load = (address: Operand, offset?: number) => Code;
export type Store = (address: Operand, value: Operand, offset?: number) => Code;

type Opcodes<Name extends string> = Readonly<Record<Name, number>>;

/** One-byte opcodes. */
export function plain(opcode: number): Code {
  return [opcode];
}

/** Opcodes of the vector instructions. */
export function simd(opcode: number): Code {
  return [0xfd, ...unsigned(opcode)];
}

/** Opcodes of saturating conversions and bulk memory. */
export function misc(opcode: number): Code {
  return [0xfc, ...unsigned(opcode)];
}

/** Instructions of one argument, from their opcodes. */
export function unaries<Name extends string>(reading: Reading, encode: (n: number) => Code, table: Opcodes<Name>): Record<Name, Unary> {
  return mapTable(
    table,
    (opcode): Unary =>
      (x) =>
        instruction(encode(opcode), [reading], [x]),
  );
}

/** Instructions of two arguments of one type. */
export function binaries<Name extends string>(reading: Reading, encode: (n: number) => Code, table: Opcodes<Name>): Record<Name, Binary> {
  return mapTable(
    table,
    (opcode): Binary =>
      (x, y) =>
        instruction(encode(opcode), [reading, reading], [x, y]),
  );
}

/** Vector shifts: the count is one i32. */
export function shifts<Name extends string>(reading: Reading, table: Opcodes<Name>): Record<Name, Binary> {
  return mapTable(
    table,
    (opcode): Binary =>
      (x, count) =>
        instruction(simd(opcode), [reading, "i32"], [x, count]),
  );
}

/** Loads; alignment is only promised down to `log2Align`. */
export function loads<Name extends string>(
  encode: (n: number) => Code,
  table: Readonly<Record<Name, readonly [number, number]>>,
): Record<Name, Load> {
  return mapTable(
    table,
    ([opcode, log2Align]): Load =>
      (address, offset = 0) =>
        instruction(encode(opcode), ["i32"], [address], [log2Align, ...unsigned(offset)]),
  );
}

/** Stores of values of one type. */
export function stores<Name extends string>(
  reading: Reading,
  encode: (n: number) => Code,
  table: Readonly<Record<Name, readonly [number, number]>>,
): Record<Name, Store> {
  return mapTable(
    table,
    ([opcode, log2Align]): Store =>
      (address, value, offset = 0) =>
        instruction(encode(opcode), ["i32", reading], [address, value], [log2Align, ...unsigned(offset)]),
  );
}

function mapTable<Name extends string, Entry, T>(table: Readonly<Record<Name, Entry>>, make: (entry: Entry) => T): Record<Name, T> {
  return Object.fromEntries(Object.entries<Entry>(table).map(([name, entry]) => [name, make(entry)])) as Record<Name, T>;
}
