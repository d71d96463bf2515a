import type { ConvGeometry } from "../../backend.js";
import { placeAt } from "../coordinates.js";
import { integer } from "../launch.js";
import type { SumOfTerms } from "../sum/sum-of-terms.js";
import { convPlaces } from "./places.js";

/** z[e, i, o] = Σ_{j, c} θ[j, c, o] y[e, stride·i + dilation·(kernel − 1 − j), first(o) + c], θ before y. */
export function applySum(geometry: ConvGeometry): Pick<SumOfTerms, "shape" | "over" | "source"> {
  const { kernel, stride, dilation, groups } = geometry;
  const { theta, y, z, inPerGroup, outPerGroup } = convPlaces(geometry);
  const yCell = y.strides.slice(1, -1);
  const steps = [y.strides[0]!, ...yCell.map((step, a) => step * stride[a]!)];
  const last = yCell.reduce((place, step, a) => place + step * dilation[a]! * (kernel[a]! - 1), 0);
  return {
    shape: z.shape,
    over: [...kernel, inPerGroup].map((size) => ({ size })),
    source: (at) => {
      const o = at.at(-1)!;
      const first = groups === 1 ? "" : ` + quotient(${o}, ${outPerGroup}) * ${inPerGroup}`;
      return {
        before: integer("cell", `${placeAt(at.slice(0, -1), steps, last)}${first}`),
        term: (over) => {
          const taps = [...yCell.map((step, a) => -step * dilation[a]!), 1];
          return `a0[${placeAt([...over, o], theta.strides, 0)}] * a1[${placeAt(over, taps, "cell")}]`;
        },
      };
    },
  };
}
