import { DataError } from "@paramat/core";

/** An array of bytes with its shape, row-major, as an IDX file holds it. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const typeNames: Readonly<Record<number, string>> = {
  8: "unsigned bytes",
  9: "signed bytes",
  11: "16-bit integers",
  12: "32-bit integers",
  13: "32-bit floats",
  14: "64-bit floats",
};

/**
 * The bytes of an IDX file as an array: 0 0 type rank, one big-endian u32 per axis, then the data, last axis fastest.
 * @param bytes the file; one that is gzipped goes through `gunzip` first
 * @param name the file's name, for error messages
 * @returns data is a view of `bytes`, not a copy
 * @throws DataError if the file is gzipped, if the header is not that of unsigned bytes, or if it promises another length
 * @remarks The format is described on the MNIST page, "The IDX file format" (LeCun, Cortes, Burges).
 */
export function readIdx(bytes: Uint8Array, name: string): IdxArray {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new DataError(
      `readIdx: ${name} is gzipped: it begins with bytes 1f 8b; unpack it first: readIdx(await gunzip(bytes, name), name)`,
    );
  }
  if (bytes.length < 4) throw new DataError(`readIdx: ${name} holds ${bytes.length} bytes; an IDX header has at least 4`);
  const [zero0, zero1, type, rank] = [bytes[0]!, bytes[1]!, bytes[2]!, bytes[3]!];
  if (zero0 !== 0 || zero1 !== 0) {
    throw new DataError(
      `readIdx: ${name} is not an IDX file: it begins with bytes ${hex(zero0)} ${hex(zero1)}; an IDX file begins with 00 00`,
    );
  }
  if (type !== 0x08) {
    const meaning = typeNames[type] ?? "no known type";
    throw new DataError(`readIdx: ${name} has type code 0x${hex(type)} (${meaning}); only 0x08 (unsigned bytes) is read`);
  }
  if (rank === 0) throw new DataError(`readIdx: ${name} has 0 dimensions in its header; there must be at least 1`);
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new DataError(
      `readIdx: ${name} ends inside its header: it holds ${bytes.length} bytes; a header of ${rank} dimensions has ${start}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const promised = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - start !== promised) {
    throw new DataError(
      `readIdx: ${name} holds ${bytes.length - start} bytes of data, its header promises ${promised} ` +
        `(shape [${shape.join(", ")}]); the file is damaged or incomplete`,
    );
  }
  return { shape, data: bytes.subarray(start) };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
