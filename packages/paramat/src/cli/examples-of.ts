import { type Dataset, oneHotRows, type Split } from "@paramat/data";
import type { Examples } from "@paramat/optim";

/** A split of a data set as `fit` takes it: images, and one-hot rows as targets. */
export function examplesOf({ shape, classes }: Pick<Dataset, "shape" | "classes">, { size, images, labels }: Split): Examples {
  return { size, inputs: images, inputShape: shape, targets: oneHotRows(labels, classes.length), targetShape: [classes.length] };
}
