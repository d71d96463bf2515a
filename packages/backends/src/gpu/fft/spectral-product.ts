import type { Buffer } from "../../backend.js";
import { coordinates, placeAt } from "../coordinates.js";
import { type Device, integer } from "../launch.js";

/** x_e ⊙ s for each e, or x_e ⊙ s̄: complex [2, lead, size] and [2, size]. */
export function spectralProduct(device: Device, lead: number, size: number, isConjugate: boolean, x: Buffer, spectrum: Buffer): Buffer {
  return device.run({
    key: `spectral product${isConjugate ? "*" : ""} [${lead},${size}]`,
    operands: [x, spectrum],
    length: 2 * lead * size,
    body: () => {
      const { code, names } = coordinates("i", [2, lead, size], "c");
      const [plane, e, k] = names as [string, string, string];
      const all = lead * size;
      const [real, imaginary] = isConjugate ? ["+", "-"] : ["-", "+"];
      return `${code}
${integer("opposite", `${placeAt([e, k], [size, 1], 0)} + (1 - ${plane}) * ${all}`)}
let re = a1[${k}];
let im = a1[${placeAt([k], [1], size)}];
if (${plane} > 0) { return a0[i] * re ${imaginary} a0[opposite] * im; }
return a0[i] * re ${real} a0[opposite] * im;`;
    },
  });
}
