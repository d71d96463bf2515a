import { gunzipSync } from "node:zlib";
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
 * @param bytes the file, gzipped (recognised by its first two bytes, 1f 8b) or not
 * @param name the file's name, for error messages
 * @throws DataError if the gzip stream is truncated or damaged, if the header is not that of unsigned bytes, or if it promises another
 * length
 * @remarks The format is described on the MNIST page, "The IDX file format" (LeCun, Cortes, Burges).
 */
export function readIdx(bytes: Uint8Array, name: string): IdxArray {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? inflate(bytes, name) : bytes;
  if (plain.length < 4) throw new DataError(`readIdx: ${name} holds ${plain.length} bytes; an IDX header has at least 4`);
  const [zero0, zero1, type, rank] = [plain[0]!, plain[1]!, plain[2]!, plain[3]!];
  if (zero0 !== 0 || zero1 !== 0) {
    throw new DataError(
      `readIdx: ${name} is not an IDX file: it begins with bytes ${hex(zero0)} ${hex(zero1)}; ` +
        "an IDX file begins with 00 00, a gzipped one with 1f 8b",
    );
  }
  if (type !== 0x08) {
    const meaning = typeNames[type] ?? "no known type";
    throw new DataError(`readIdx: ${name} has type code 0x${hex(type)} (${meaning}); only 0x08 (unsigned bytes) is read`);
  }
  if (rank === 0) throw new DataError(`readIdx: ${name} has 0 dimensions in its header; there must be at least 1`);
  const start = 4 + 4 * rank;
  if (plain.length < start) {
    throw new DataError(
      `readIdx: ${name} ends inside its header: it holds ${plain.length} bytes; a header of ${rank} dimensions has ${start}`,
    );
  }
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const promised = shape.reduce((product, size) => product * size, 1);
  if (plain.length - start !== promised) {
    throw new DataError(
      `readIdx: ${name} holds ${plain.length - start} bytes of data, its header promises ${promised} ` +
        `(shape [${shape.join(", ")}]); the file is damaged or incomplete`,
    );
  }
  return { shape, data: plain.subarray(start) };
}

function inflate(bytes: Uint8Array, name: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const fault = code === "Z_BUF_ERROR" ? "is a truncated gzip file" : "is a damaged gzip file";
    throw new DataError(`readIdx: ${name} ${fault} of ${bytes.length} bytes (${(cause as Error).message}); fetch the file again`);
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
