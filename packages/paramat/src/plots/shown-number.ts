/** A number to so many digits for people: 0.05, 1234, 3.2·10⁻⁷. */
export function shownNumber(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "NaN" : x > 0 ? "∞" : "−∞";
  const rounded = Number(x.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return signed(String(rounded));
  const [mantissa, exponent] = rounded.toExponential().split("e") as [string, string];
  const power = `10${raised(Number(exponent))}`;
  return signed(mantissa === "1" ? power : mantissa === "-1" ? `-${power}` : `${mantissa}·${power}`);
}

/** A power of ten as one: 1, 10, 10³, 10⁻⁴. */
export function shownPower(x: number): string {
  const exponent = Math.round(Math.log10(x));
  return exponent === 0 ? "1" : exponent === 1 ? "10" : `10${raised(exponent)}`;
}

function raised(exponent: number): string {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return [...String(exponent)].map((c) => (c === "-" ? "⁻" : digits[Number(c)])).join("");
}

function signed(text: string): string {
  return text.replace(/^-/, "−");
}
