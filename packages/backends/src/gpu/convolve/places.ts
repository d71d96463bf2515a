import type { ConvGeometry, Shape } from "../../backend.js";
import { rowMajorStrides } from "../../cpu/offsets.js";
import { convOutGrid } from "../../out-grid.js";

/** Shapes of the three arrays of a convolution, and the strides of each. */
export interface ConvPlaces {
  readonly theta: Laid;
  readonly y: Laid;
  readonly z: Laid;
  readonly outGrid: Shape;
  readonly inPerGroup: number;
  readonly outPerGroup: number;
}

interface Laid {
  readonly shape: Shape;
  readonly strides: readonly number[];
}

export function convPlaces(geometry: ConvGeometry): ConvPlaces {
  const { examples, grid, kernel, groups, channelsIn, channelsOut } = geometry;
  const outGrid = convOutGrid(geometry);
  const inPerGroup = channelsIn / groups;
  return {
    theta: laid([...kernel, inPerGroup, channelsOut]),
    y: laid([examples, ...grid, channelsIn]),
    z: laid([examples, ...outGrid, channelsOut]),
    outGrid,
    inPerGroup,
    outPerGroup: channelsOut / groups,
  };
}

function laid(shape: Shape): Laid {
  return { shape, strides: rowMajorStrides(shape) };
}
