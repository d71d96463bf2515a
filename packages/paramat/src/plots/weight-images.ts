import { isValue, ShapeError, showShape, type Value } from "@paramat/core";
import { divergingScale } from "./color-scale.js";
import { requireSome } from "./curves-figure.js";
import { type FigureOptions, figure } from "./figure.js";
import { holes, imageGrid, scaleStrip } from "./image-grid.js";

export interface WeightImagesOptions extends FigureOptions {
  /** Height, width and channels of the image that a row is; channels stand below each other. */
  readonly asImages: readonly [number, number, number];
  /** Names of the rows, such as the classes. Default their numbers. */
  readonly labels?: readonly string[];
  /** Pictures beside each other. Default 5. */
  readonly columns?: number;
}

/**
 * The rows of W as images: blue where a pixel speaks for the class, red where it speaks against, white at 0, one scale for all rows (lecture,
 * "Regularization": weights without a regularizer oscillate).
 * @param W [rows, …pixels], with height · width · channels pixels a row; or several by name, such as without and with a regularizer, on one scale
 * @throws ShapeError where a row has another number of entries, or the labels another number than the rows; RangeError for no rows
 */
export async function weightImages(W: Value | Readonly<Record<string, Value>>, options: WeightImagesOptions): Promise<string> {
  const named = isValue(W) ? { "": W } : W;
  const { asImages, columns = 5, labels, width = 640 } = options;
  const [height, across, channels] = asImages;
  const pixels = height * across * channels;
  const groups = await Promise.all(
    Object.entries(named).map(async ([name, weights]) => {
      requireRows(weights, asImages, labels);
      const numbers = await weights.read();
      const rows = numbers.length / pixels;
      const pictures = Array.from({ length: rows }, (_, r) => ({
        label: labels?.[r] ?? String(r),
        pixels: below(numbers.subarray(r * pixels, (r + 1) * pixels), height * across, channels),
        height: height * channels,
        width: across,
      }));
      return { name, numbers, pictures };
    }),
  );
  const all = groups.flatMap(({ numbers }) => [...numbers]);
  requireSome("weightImages", all.length, "rows");
  const scale = divergingScale(all);
  const panels = groups.map(({ name, pictures }) => imageGrid(pictures, scale, { width, columns, largest: 112, heading: name }));
  const title = options.title ?? "Weights as images";
  return figure({ title, panels: [...panels, scaleStrip(scale, "weight, one scale for all")], caption: holes(all) }, options);
}

function requireRows(W: Value, asImages: readonly [number, number, number], labels?: readonly string[]): void {
  if (asImages.length !== 3) throw new ShapeError(`weightImages: asImages is ${showShape(asImages)}; it must be [height, width, channels]`);
  const [height, width, channels] = asImages;
  const rows = W.shape[0] ?? 0;
  if (W.shape.length < 2 || W.size !== rows * height * width * channels) {
    throw new ShapeError(
      `weightImages: W has shape ${showShape(W.shape)}, an image ${height} × ${width} × ${channels}; a row must have ${height * width * channels} entries`,
    );
  }
  if (labels && labels.length !== rows) {
    throw new ShapeError(`weightImages: there are ${labels.length} labels and ${rows} rows; give one for each row`);
  }
}

/** [pixels, channels] as one channel below the other. */
function below(row: Float64Array, pixels: number, channels: number): Float64Array {
  return Float64Array.from({ length: row.length }, (_, i) => row[(i % pixels) * channels + Math.floor(i / pixels)] as number);
}
