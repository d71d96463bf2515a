/** A number as gpu.js reads it, a float wherever it stands beside floats; the device gets the float32 nearest to it, bit by bit. ∞ and NaN come from `mathTable`. */
export function literal(value: number): string {
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded)) return "math[1]";
  if (rounded === Number.POSITIVE_INFINITY) return "math[0]";
  if (rounded === Number.NEGATIVE_INFINITY) return "(-math[0])";
  const text = String(Math.abs(rounded));
  return rounded < 0 || Object.is(rounded, -0) ? `(-${text})` : text;
}
