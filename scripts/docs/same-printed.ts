const number = /≈?\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
const relativeTolerance = 1e-12;

/**
 * Whether two printed forms say the same: equal but for white space, numbers to 1e−12 relative; a number after `≈`, or every number of a text that
 * begins with `≈`, to half a unit of the last digit printed.
 */
export function samePrinted(actual: string, expected: string): boolean {
  const all = /^≈/.test(expected.trim());
  const wanted = (all ? expected.trim().slice(1) : expected).replaceAll("−", "-");
  const given = actual.replaceAll("−", "-");
  if (wanted === JSON.stringify(given)) return true;
  if (skeleton(given) !== skeleton(wanted)) return false;
  const numbers = given.match(number) ?? [];
  return (wanted.match(number) ?? []).every((token, i) => {
    const a = Number((numbers[i] ?? "").replace("≈", ""));
    const e = Number(token.replace("≈", ""));
    if (all || token.startsWith("≈")) return Math.abs(a - e) <= 0.5 * lastDigit(token) * (1 + 1e-9);
    return Math.abs(a - e) <= relativeTolerance * Math.max(Math.abs(a), Math.abs(e));
  });
}

function skeleton(text: string): string {
  return text.replace(number, "#").replace(/\s+/g, "");
}

/** The unit of the last digit printed: 0.01 for 3.14, 1e−7 for 1.5e−6. */
function lastDigit(token: string): number {
  const [mantissa = "", exponent = "0"] = token.toLowerCase().split("e");
  const decimals = (mantissa.split(".")[1] ?? "").length;
  return 10 ** (Number(exponent) - decimals);
}
