/** A number as gpu.js reads it, a float wherever it stands beside floats; the device gets the float32 nearest to it, bit by bit. ∞, NaN and −0 come from `mathTable`. */
export function literal(value: number): string {
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded)) return "math[1]";
  if (rounded === Number.POSITIVE_INFINITY) return "math[0]";
  if (rounded === Number.NEGATIVE_INFINITY) return "(-math[0])";
  // WGSL reckons −0.0 in integers on the way.
  if (Object.is(rounded, -0)) return "math[280]";
  return rounded < 0 ? `(-${-rounded})` : String(rounded);
}
