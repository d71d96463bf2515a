import type { Buffer } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";
import { coordinates, placeAt } from "../coordinates.js";
import { type Device, integer } from "../launch.js";
import { literal } from "../literal.js";
import { type Form, formShape, type LineReader, type Lines, lineReader, timesEntry } from "./lines.js";
import { rootsTable } from "./tables.js";

/** One of the passes of which the radices multiply to n. */
export interface Pass {
  readonly lines: Lines;
  readonly radix: number;
  /** The product of the radices before. */
  readonly before: number;
  readonly from: Form;
  readonly to: Form;
  readonly inverse: boolean;
  /** What the result is multiplied by. */
  readonly scale: number;
}

/**
 * Stockham's pass (Van Loan, Computational Frameworks for the FFT, 1.7), gathered: with m radices' product L before and r now, entry (h, q, k) of
 * [n/(Lr), r, L] is Σ_p x[hL + k + p·n/r] e^{−2πi p (qL + k)/(Lr)}. Nothing is written but in its place, and no bit reversal remains.
 */
export function fftPass(device: Device, pass: Pass, input: Buffer): Buffer {
  const { lines, radix, before, from, to, inverse, scale } = pass;
  const shape = formShape(to, lines);
  return device.run({
    key: `fft pass${inverse ? "⁻¹" : ""} [${lines.outer},${lines.n},${lines.inner}] ${before}·${radix} ${from}→${to} ${scale}`,
    operands: [input],
    tables: { roots: rootsTable(device, lines.n) },
    length: numEntries(shape),
    body: () => {
      const { code, names } = coordinates("i", shape, "c");
      const [plane, outer, at, inner] = names as [string, string, string, string];
      const reader = lineReader(from, lines, [plane, outer, inner], inverse);
      return `${code}\n${reader.start}\n${sumSource(pass, reader, plane, at)}`;
    },
  });
}

/** A loop, though it is short: written out, it takes devices several times as long to compile. */
function sumSource({ lines: { n }, radix, before, scale }: Pass, reader: LineReader, plane: string, at: string): string {
  const span = radix * before;
  const block = span < n ? "block" : "0";
  const number = reader.read(`first + p * ${n / radix}`, "p");
  return `${span < n ? integer("block", `quotient(${at}, ${span})`) : ""}
${integer("phase", span < n ? `${at} - block * ${span}` : at)}
${integer("first", before === 1 ? block : `${placeAt([block, "phase"], [before, 1], 0)} - quotient(phase, ${before}) * ${before}`)}
${integer("turn", 0)}
let sum = 0.0;
for (let p = 0; p < ${radix}; p++) {
${number.code}
sum = sum + ${timesEntry(number, "roots", span < n ? `(turn * ${n / span})` : "turn", plane)};
turn = turn + phase;
if (turn >= ${span}) { turn = turn - ${span}; }
}
return ${scale === 1 ? "sum" : `sum * ${literal(scale)}`};`;
}
