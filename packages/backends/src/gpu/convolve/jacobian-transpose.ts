import type { ConvGeometry } from "../../backend.js";
import { placeAt } from "../coordinates.js";
import { integer } from "../launch.js";
import type { SumOfTerms } from "../sum/sum-of-terms.js";
import { convPlaces } from "./places.js";

/** θ[j, c, o] = Σ_{e, i} y[e, stride·i + dilation·(kernel − 1 − j), first(o) + c] z[e, i, o], y before z. */
export function jacobianTransposeSum(geometry: ConvGeometry): Pick<SumOfTerms, "shape" | "over" | "source"> {
  const { examples, kernel, stride, dilation, groups } = geometry;
  const { theta, y, z, outGrid, inPerGroup, outPerGroup } = convPlaces(geometry);
  const yCell = y.strides.slice(1, -1);
  const steps = [y.strides[0]!, ...yCell.map((step, a) => step * stride[a]!)];
  const last = yCell.reduce((place, step, a) => place + step * dilation[a]! * (kernel[a]! - 1), 0);
  return {
    shape: theta.shape,
    over: [examples, ...outGrid].map((size) => ({ size })),
    source: (at) => {
      const o = at.at(-1)!;
      const first = groups === 1 ? "" : ` + quotient(${o}, ${outPerGroup}) * ${inPerGroup}`;
      const taps = [...yCell.map((step, a) => -step * dilation[a]!), 1];
      return {
        before: integer("cell", `${placeAt(at.slice(0, -1), taps, last)}${first}`),
        term: (over) => `a0[${placeAt(over, steps, "cell")}] * a1[${placeAt([...over, o], z.strides, 0)}]`,
      };
    },
  };
}
