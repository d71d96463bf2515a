import { convertBytes } from "./convert-bytes.js";

/** The bytes as a gzip file (RFC 1952); `gunzip` is its inverse. Hosts differ in how they compress, so the result's bytes may differ between them. */
export function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return convertBytes(bytes, new CompressionStream("gzip"));
}
