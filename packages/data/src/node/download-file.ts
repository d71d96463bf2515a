import { createHash } from "node:crypto";
import { DataError } from "@paramat/core";
import type { SourceFile } from "./catalogue.js";

export interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly log: (line: string) => void;
  /** A mirror that sends nothing for so long is given up, in milliseconds. */
  readonly patience: number;
}

/**
 * The bytes of `file` from the first of `urls` that gives them with the right sha256.
 * @throws DataError saying what was wrong with each address, if none does
 */
export async function downloadFile(file: SourceFile, urls: readonly string[], options: DownloadOptions): Promise<Uint8Array> {
  const faults: string[] = [];
  for (const url of urls) {
    options.log(`${file.path}: downloading ${megabytes(file.bytes)} from ${url}`);
    const outcome = await receive(file, url, options);
    if (typeof outcome !== "string") return outcome;
    options.log(`${file.path}: ${url}: ${outcome}`);
    faults.push(`${url}: ${outcome}`);
  }
  throw new DataError(
    `downloadFile: no mirror gave ${file.path}; ${faults.join("; ")}; it must have ${file.bytes} bytes and sha256 ${file.sha256}`,
  );
}

/** The bytes, or what was wrong in words: a mirror's failure is an outcome, and the next is tried. */
async function receive(file: SourceFile, url: string, options: DownloadOptions): Promise<Uint8Array | string> {
  const stop = new AbortController();
  const silence = setTimeout(() => stop.abort(new Error(`nothing came for ${options.patience / 1000} s`)), options.patience);
  try {
    // A server that takes the gzip file for a gzip encoding would have it unpacked on the way, and the hash would not fit.
    const response = await options.fetch(url, { signal: stop.signal, headers: { "accept-encoding": "identity" } });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return `HTTP status ${response.status}`;
    }
    const hash = createHash("sha256");
    const parts: Uint8Array[] = [];
    let received = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      silence.refresh();
      const quarter = Math.floor((4 * received) / file.bytes);
      received += part.length;
      if (received > file.bytes) return `more than the ${file.bytes} bytes expected`;
      if (Math.floor((4 * received) / file.bytes) > quarter && received < file.bytes)
        options.log(`${file.path}: ${Math.floor((100 * received) / file.bytes)} %`);
      hash.update(part);
      parts.push(part);
    }
    if (received < file.bytes) return `truncated: ${received} of ${file.bytes} bytes`;
    const sha256 = hash.digest("hex");
    return sha256 === file.sha256 ? Buffer.concat(parts) : `corrupt: sha256 ${sha256}, expected ${file.sha256}`;
  } catch (cause) {
    return reason(cause);
  } finally {
    clearTimeout(silence);
  }
}

/** The innermost cause in words; `fetch failed` alone tells nobody anything. */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.cause !== undefined) return reason(cause.cause);
  const { code } = cause as NodeJS.ErrnoException;
  return code !== undefined && !cause.message.includes(code) ? `${cause.message} (${code})`.trim() : cause.message;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
