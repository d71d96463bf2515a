import type { ConvGeometry } from "../../backend.js";
import { placeAt } from "../coordinates.js";
import { integer } from "../launch.js";
import type { SumOfTerms } from "../sum/sum-of-terms.js";
import type { SummedAxis } from "../sum/sum-source.js";
import { convPlaces } from "./places.js";

/**
 * y[e, x, c] = Σ_{i, o} θ[kernel − 1 − (x − stride·i)/dilation, c, o] z[e, i, o], over the group's o and those i whose taps fall on cell x, θ before z: a
 * gather, for scattered sums do not exist here.
 */
export function applyTransposeSum(geometry: ConvGeometry): Pick<SumOfTerms, "shape" | "over" | "source"> {
  const { grid, kernel, groups } = geometry;
  const { theta, y, z, outGrid, inPerGroup, outPerGroup } = convPlaces(geometry);
  const taps = kernel.map((_, a) => tapAxis(geometry, outGrid[a]!, a));
  return {
    shape: y.shape,
    over: [...taps.map(({ axis }) => axis), { size: outGrid.includes(0) ? 0 : outPerGroup }],
    source: (at) => {
      const c = at.at(-1)!;
      const cells = grid.map((_, a) => integer(`cell${a}`, at[a + 1]!));
      const starts = taps.map(({ before }) => before);
      const [group, channel] = groups === 1 ? ["0", c] : ["group", "channel"];
      const split =
        groups === 1 ? "" : `${integer("group", `quotient(${c}, ${inPerGroup})`)} ${integer("channel", `${c} - group * ${inPerGroup}`)}`;
      const thetaStart = integer("thetaStart", placeAt([channel, group], [theta.strides.at(-2)!, outPerGroup], 0));
      const zStart = integer("zStart", placeAt([at[0]!, group], [z.strides[0]!, outPerGroup], 0));
      return {
        before: [...cells, ...starts, split, thetaStart, zStart].join("\n"),
        term: (over) => {
          const o = over.at(-1)!;
          const tap = kernel.map((_, a) => `tap${a}`);
          const out = kernel.map((_, a) => `out${a}`);
          const thetaAt = placeAt([...tap, o], [...theta.strides.slice(0, -2), 1], "thetaStart");
          return `a0[${thetaAt}] * a1[${placeAt([...out, o], z.strides.slice(1), "zStart")}]`;
        },
      };
    },
  };
}

/**
 * The taps along axis a that fall on `cell<a>`, as `tap<a>` of the kernel and `out<a>` of the output. Without dilation the outputs that may see the cell are
 * counted down from the last, so that no turn is lost to the stride; otherwise the taps are tried in turn.
 */
function tapAxis(
  { kernel, stride, dilation }: ConvGeometry,
  outSize: number,
  a: number,
): { readonly axis: SummedAxis; readonly before: string } {
  const [k, s, d] = [kernel[a]!, stride[a]!, dilation[a]!];
  const isSeen = `out${a} >= 0 && out${a} < ${outSize}`;
  if (d === 1) {
    return {
      before: integer(`latest${a}`, s === 1 ? `cell${a}` : `quotient(cell${a}, ${s})`),
      axis: {
        size: Math.ceil(k / s),
        enter: (t) => ({
          code: `${integer(`out${a}`, `latest${a} - ${t}`)} ${integer(`tap${a}`, `${k - 1} - cell${a} + out${a} * ${s}`)}`,
          when: s === 1 ? isSeen : `${isSeen} && tap${a} >= 0`,
        }),
      },
    };
  }
  return {
    before: "",
    axis: {
      size: k,
      enter: (t) => {
        const tap = `${integer(`tap${a}`, t)} ${integer(`first${a}`, `cell${a} - ${d * (k - 1)} + tap${a} * ${d}`)}`;
        if (s === 1) return { code: `${tap} ${integer(`out${a}`, `first${a}`)}`, when: isSeen };
        // The quotient is of what is not negative; where it is, nothing is seen.
        const out = `${integer(`out${a}`, -1)} if (first${a} >= 0) { out${a} = quotient(first${a}, ${s}); }`;
        return { code: `${tap} ${out}`, when: `${isSeen} && out${a} * ${s} === first${a}` };
      },
    },
  };
}
