import { DataError } from "@paramat/core";

/** The first line of every checkpoint. */
const MAGIC = new TextEncoder().encode("paramat checkpoint\n");
/** Raised when a reader of the old version could not read the new. */
const VERSION = 1;
/** Magic, version (uint32), bytes in all (float64), bytes of the header (uint32). */
const PREFIX = MAGIC.length + 16;
const HASH = 32;

/** Magic line, version, lengths, JSON header, raw numbers, sha256 of all before it. Little-endian throughout. */
export async function seal(header: unknown, numbers: Uint8Array): Promise<Uint8Array> {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(PREFIX + json.length + numbers.length + HASH);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(MAGIC.length, VERSION, true);
  view.setFloat64(MAGIC.length + 4, bytes.length, true);
  view.setUint32(MAGIC.length + 12, json.length, true);
  bytes.set(json, PREFIX);
  bytes.set(numbers, PREFIX + json.length);
  const body = bytes.subarray(0, bytes.length - HASH);
  bytes.set(await sha256(body), body.length);
  return bytes;
}

/**
 * The header and the numbers of sealed bytes.
 * @param name of the file, for the errors
 * @throws DataError if the bytes are no checkpoint, of a newer version, truncated or corrupt
 */
export async function unseal(name: string, bytes: Uint8Array): Promise<{ readonly header: unknown; readonly numbers: Uint8Array }> {
  const start = bytes.subarray(0, MAGIC.length);
  if (start.length === 0 || !start.every((byte, i) => byte === MAGIC[i])) {
    throw new DataError(
      `checkpoint: ${name} is not a checkpoint: its first line is not "paramat checkpoint"; give the file that a run has saved`,
    );
  }
  if (bytes.length < PREFIX) throw truncated(name, PREFIX, bytes.length, "at least ");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(MAGIC.length, true);
  if (version > VERSION) {
    throw new DataError(
      `checkpoint: ${name} has format version ${version} and this program reads versions up to ${VERSION}; update paramat`,
    );
  }
  const total = view.getFloat64(MAGIC.length + 4, true);
  if (bytes.length < total) throw truncated(name, total, bytes.length, "");
  const headerBytes = view.getUint32(MAGIC.length + 12, true);
  const hash = bytes.subarray(bytes.length - HASH);
  const body = bytes.subarray(0, bytes.length - HASH);
  const isWhole = bytes.length === total && (await sha256(body)).every((byte, i) => byte === hash[i]);
  if (!isWhole) {
    throw new DataError(
      `checkpoint: ${name} is corrupt: its sha256 does not fit its ${bytes.length} bytes; restore it from a copy, or train anew`,
    );
  }
  const header: unknown = JSON.parse(new TextDecoder().decode(body.subarray(PREFIX, PREFIX + headerBytes)));
  return { header, numbers: body.subarray(PREFIX + headerBytes) };
}

function truncated(name: string, want: number, have: number, least: string): DataError {
  return new DataError(
    `checkpoint: ${name} is truncated: expected ${least}${want} bytes, found ${have}; restore it from a copy, or train anew`,
  );
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  // Typed as always there; browsers leave it out of pages that are not secure.
  const subtle: typeof crypto.subtle | undefined = crypto.subtle;
  if (!subtle) throw new DataError("checkpoint: this page cannot hash: crypto.subtle is missing; serve it over https, or from localhost");
  return new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
}
