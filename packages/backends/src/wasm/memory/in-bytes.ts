/** A size for people: `1.2 GiB`. */
export function inBytes(bytes: number): string {
  const power = Math.min(3, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const amount = bytes / 1024 ** power;
  return `${Number(amount.toFixed(amount < 10 ? 2 : 1))} ${["B", "KiB", "MiB", "GiB"][power]}`;
}
