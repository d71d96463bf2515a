/** All that `stream` makes of `bytes`. Rejects with whatever the stream fails with. */
export async function convertBytes(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const converted = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(converted).arrayBuffer());
}
