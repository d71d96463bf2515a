import { fromIdx, gunzip, gzip, readIdx, writeIdx } from "paramat";

export interface FilesInPage {
  readonly images: readonly number[];
  readonly labels: readonly number[];
  /** What `gunzip` says of a file cut in half, and of one with a damaged checksum. */
  readonly truncated: string;
  readonly damaged: string;
}

/** A split by way of two IDX files, one of them gzipped. */
export async function filesInPage(): Promise<FilesInPage> {
  const packed = await gzip(writeIdx({ shape: [2, 1, 2], data: Uint8Array.of(0, 51, 102, 255) }));
  const labels = readIdx(writeIdx({ shape: [2], data: Uint8Array.of(3, 1) }), "labels");
  const split = fromIdx(readIdx(await gunzip(packed, "images.gz"), "images.gz"), labels, 10);
  const damaged = Uint8Array.from(packed, (byte, i) => (i === packed.length - 6 ? byte ^ 1 : byte));
  return {
    images: [...split.images],
    labels: [...split.labels],
    truncated: await faultOf(packed.subarray(0, packed.length / 2)),
    damaged: await faultOf(damaged),
  };
}

function faultOf(bytes: Uint8Array): Promise<string> {
  return gunzip(bytes, "images.gz").then(
    () => "none",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}
