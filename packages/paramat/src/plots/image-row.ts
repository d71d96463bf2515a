import { ShapeError, showShape, type Value } from "@paramat/core";
import { grayScale } from "./color-scale.js";
import { requireSome } from "./curves-figure.js";
import { type FigureOptions, figure } from "./figure.js";
import { holes, imageGrid, scaleStrip } from "./image-grid.js";

/** One image with its name. */
export interface NamedImage {
  readonly label: string;
  /** [height, width], or a signal [width]. */
  readonly image: Value;
}

/**
 * Images in grey beside each other on one scale, such as the original, the blurred and the restored one.
 * @throws ShapeError where an image is not [height, width]; RangeError for no images
 */
export async function imageRow(images: readonly NamedImage[], options: FigureOptions = {}): Promise<string> {
  requireSome("imageRow", images.length, "images");
  const pictures = await Promise.all(
    images.map(async ({ label, image }) => {
      const [height, width] = image.shape.length === 1 ? [1, image.size] : image.shape;
      if (image.shape.length > 2 || !height || !width) {
        throw new ShapeError(`imageRow: ${label} has shape ${showShape(image.shape)}; an image must be [height, width], with pixels`);
      }
      return { label, pixels: await image.read(), height, width };
    }),
  );
  const all = pictures.flatMap(({ pixels }) => [...pixels]);
  const scale = grayScale(all);
  const grid = imageGrid(pictures, scale, { width: options.width ?? 640, columns: 4, largest: 300 });
  const panels = [grid, scaleStrip(scale, "one scale for all")];
  return figure({ title: options.title ?? "Images", panels, caption: holes(all) }, options);
}
