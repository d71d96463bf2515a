import type { NamedBytes } from "./data-of.js";

/** The bytes of files that were chosen or dropped. */
export function bytesOf(files: Iterable<File>): Promise<readonly NamedBytes[]> {
  return Promise.all([...files].map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
}

/** Whether a file is a checkpoint, by its first bytes. */
export function isCheckpoint({ bytes }: NamedBytes): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 18)) === "paramat checkpoint";
}

/** Takes files that are dropped anywhere on the page. */
export function onDrop(take: (files: readonly NamedBytes[]) => void): void {
  const root = document.documentElement;
  const isOver = (is: boolean) => document.body.classList.toggle("dragged", is);
  root.addEventListener("dragover", (event) => {
    event.preventDefault();
    isOver(true);
  });
  root.addEventListener("dragleave", ({ relatedTarget }) => {
    if (relatedTarget === null) isOver(false);
  });
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    isOver(false);
    const { files } = event.dataTransfer ?? {};
    // Text and links may be dragged, too.
    if (files && files.length > 0) void bytesOf(files).then(take);
  });
}

/** Has the browser save bytes under a name. */
export function download(bytes: Uint8Array, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
