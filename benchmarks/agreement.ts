import type { Fingerprint } from "./peer-process.js";

/** float32 sums of up to a million terms in any order. */
const TOLERANCE = 2e-3;

/** In words, the first two peers whose results differ; null where all agree. */
export function agreement(of: Readonly<Record<string, readonly Fingerprint[] | undefined>>): string | null {
  const [first, ...others] = Object.entries(of);
  if (!first) return null;
  const [name, reference = []] = first;
  for (const [other, prints = []] of others) {
    if (prints.length !== reference.length) return `${name} has ${reference.length} results, ${other} has ${prints.length}`;
    const at = prints.findIndex((print, i) => !near(print, reference[i] as Fingerprint));
    if (at >= 0) return `result ${at} of ${name} is ${JSON.stringify(reference[at])}, of ${other} ${JSON.stringify(prints[at])}`;
  }
  return null;
}

function near(a: Fingerprint, b: Fingerprint): boolean {
  const scale = Math.max(a.norm, b.norm);
  return Math.abs(a.along - b.along) <= TOLERANCE * scale && Math.abs(a.norm - b.norm) <= TOLERANCE * scale;
}
