import {
  cpu,
  leafAt,
  leaves,
  mapLeaves,
  type NetworkParams,
  ndarray,
  rebuild,
  rng,
  type Shape,
  slice,
  type Tree,
  type Value,
} from "paramat";
import { familyOf } from "./families.js";
import type { RunFacts, Snapshot } from "./messages.js";
import { layerNames, type Model, modelOf } from "./model.js";

/** The parameters of a snapshot as the pictures look at them, in double precision on the CPU. */
export interface Views {
  readonly model: Model;
  /** Of K's stencils, or of what else it is made of: one tree for each channel of the result. */
  readonly thetas: readonly Tree[];
  /** The same before the training. */
  readonly firstThetas: readonly Tree[];
  /** W, one row for each class. */
  readonly W: Value;
  /** The square of so many pixels about a point that K(θ) spreads it to; the whole image where K has no stencil. */
  readonly reach: number | null;
}

/** Makes the views of a run's snapshots. */
export function viewsOf({ settings, shape, classes }: RunFacts): (snapshot: Pick<Snapshot, "leaves">) => Views {
  const model = modelOf(settings, shape, classes.length);
  const first = model.net.init(rng(settings.seed), cpu());
  const family = familyOf(settings.family);
  const channels = family.hasChannels ? settings.channels : 1;
  const thetasOf = (params: NetworkParams): readonly Tree[] =>
    Array.from({ length: channels }, (_, channel) => thetaOf(params[layerNames.K]!.theta!, channel, channels));
  const reach = family.group !== "Stencils" ? null : family.widthIs ? settings.width : settings.family === "pointwise" ? 1 : 3;
  return (snapshot) => {
    const like = leaves(first);
    const params = rebuild(
      first,
      snapshot.leaves.map((numbers, i) => ndarray(cpu(), numbers, like[i]!.shape)),
    );
    return { model, thetas: thetasOf(params), firstThetas: thetasOf(first), W: leafAt(params, `.${layerNames.W}.theta`), reach };
  };
}

/** Of one channel of the result: axes of the others' length, the last ones, are cut. */
function thetaOf(theta: Tree, channel: number, channels: number): Tree {
  const cut = (leaf: Value) => (leaf.shape.at(-1) === channels ? slice(leaf, -1, channel, channel + 1) : leaf);
  return channels === 1 ? theta : mapLeaves(theta, cut);
}

/** What K(θ) makes of one bright point in the middle: of a convolution its stencil, [height, width, 1, channels]. */
export function responses({ model: { K }, thetas, reach }: Views): Value {
  const [height, width] = K.inShape as [number, number];
  const [row, column] = [Math.floor(height / 2), Math.floor(width / 2)];
  const point = new Float64Array(height * width);
  point[row * width + column] = 1;
  const [top, left, rows, columns] = reach === null ? [0, 0, height, width] : window(row, column, reach);
  const numbers = new Float64Array(rows * columns * thetas.length);
  thetas.forEach((theta, channel) => {
    const spread = K.apply(theta, ndarray(cpu(), point, [1, ...K.inShape])).toArray();
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        numbers[(i * columns + j) * thetas.length + channel] = spread[(top + i) * width + left + j]!;
      }
  });
  const shape: Shape = [rows, columns, 1, thetas.length];
  return ndarray(cpu(), numbers, shape);
}

function window(row: number, column: number, reach: number): readonly [number, number, number, number] {
  const half = Math.floor(reach / 2);
  return [row - half, column - half, reach, reach];
}
