/** sha256 of the bytes of the numbers, in hexadecimal: equal only if every bit is. */
export async function fingerprint(numbers: Float64Array | Float32Array | Uint8Array): Promise<string> {
  const bytes = Uint8Array.from(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
