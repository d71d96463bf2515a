import type { PicardData } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";

/**
 * σᵢ, |uᵢᵀb| and |uᵢᵀb|/σᵢ against i, logarithmic: where the coefficients level off at the noise while σᵢ go on falling, the quotients rise, and λ must cut
 * them off (Hansen 2010, 3.3).
 * @throws RangeError for no terms
 */
export function picardPlot({ terms }: Pick<PicardData, "terms">, options: FigureOptions = {}): Promise<string> {
  requireSome("picardPlot", terms.length, "terms");
  const of = (read: (term: PicardData["terms"][number]) => number) => terms.map((term, i) => ({ x: i + 1, y: read(term) }));
  const panel = {
    x: { label: "i", isInteger: true },
    y: { label: "size", log: true },
    series: [
      { label: "σ", points: of((t) => t.sigma) },
      { label: "|uᵀb|", points: of((t) => t.coefficient), isDots: true },
      { label: "|uᵀb|/σ", points: of((t) => t.quotient), isDots: true },
    ],
    height: 340,
  };
  return curvesFigure("Picard plot", [panel], options);
}
