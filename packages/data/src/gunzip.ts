import { DataError } from "@paramat/core";
import { convertBytes } from "./convert-bytes.js";

/**
 * The bytes that were gzipped (RFC 1952). `gzip` is its inverse.
 * @param bytes the file, beginning with 1f 8b
 * @param name the file's name, for error messages
 * @throws DataError if it does not begin so, or is truncated or damaged
 */
export async function gunzip(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    const start = bytes.length === 0 ? "is empty" : `begins with bytes ${Array.from(bytes.subarray(0, 2), hex).join(" ")}`;
    throw new DataError(`gunzip: ${name} is not a gzip file: it ${start}; a gzip file begins with 1f 8b (a browser may have unpacked it)`);
  }
  try {
    return await convertBytes(bytes, new DecompressionStream("gzip"));
  } catch (cause) {
    throw new DataError(
      `gunzip: ${name} is a truncated or damaged gzip file of ${bytes.length} bytes (${reason(cause)}); fetch the file again`,
    );
  }
}

/** In words; some hosts wrap what the decompressor said. */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
