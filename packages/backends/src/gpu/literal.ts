/** A number as gpu.js reads it, a float wherever it stands beside floats. ∞ and NaN come from the table. */
export function literal(value: number): string {
  if (Number.isNaN(value)) return "math[1]";
  if (value === Number.POSITIVE_INFINITY) return "math[0]";
  if (value === Number.NEGATIVE_INFINITY) return "(-math[0])";
  const rounded = Math.fround(value);
  const text = String(Math.abs(rounded));
  return rounded < 0 || Object.is(rounded, -0) ? `(-${text})` : text;
}
