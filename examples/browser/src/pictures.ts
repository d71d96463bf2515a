import { ShapeError, sizeOf, spectrum } from "paramat";
import { curvesFigure, spectrumPlot, stencilPlot, weightImages } from "paramat/plots";
import type { RunFacts, Snapshot } from "./messages.js";
import { isMinimizer } from "./optimizer-names.js";
import { responses, type Views } from "./views.js";

export interface PictureOptions {
  /** In pixels. */
  readonly width: number;
}

/** Each picture as SVG. */
export type Picture = (
  at: { readonly run: RunFacts; readonly snapshot: Snapshot; readonly views: Views },
  options: PictureOptions,
) => Promise<string>;

/** Without a fast form, eigenvalues of larger matrices take longer than anyone would watch. */
const LARGEST_DENSE = 256;

export const pictures = {
  loss: ({ run, snapshot: { trace, history } }, options) =>
    curvesFigure(
      "Loss",
      [
        {
          ...{ x: { label: unitOf(run) }, y: { label: "nats", log: [...trace, ...history.map(asTrace)].every(({ loss }) => loss > 0) } },
          series: [
            { label: "training, with R", points: trace.map(({ epoch, loss }) => ({ x: epoch, y: loss })) },
            ...(history.length > 0
              ? [{ label: "test", points: history.map((r) => ({ x: r.epoch, y: r.validationLoss ?? Number.NaN })) }]
              : []),
          ],
          height: 290,
        },
      ],
      options,
    ),
  accuracy: ({ run, snapshot: { history } }, options) =>
    curvesFigure(
      "Accuracy on the test images",
      [
        {
          ...{ x: { label: unitOf(run) }, y: { label: "right (%)" } },
          series: [
            { label: "test", points: history.map(({ epoch, metrics }) => ({ x: epoch, y: 100 * (metrics?.accuracy ?? Number.NaN) })) },
          ],
          height: 290,
        },
      ],
      options,
    ),
  stencils: ({ views }, options) =>
    stencilPlot(responses(views), { ...options, title: views.reach === null ? "What K(θ) makes of one point" : "Stencils of K(θ)" }),
  weights: ({ run, views: { W, model } }, options) =>
    weightImages(W, {
      ...options,
      ...{ asImages: model.featureShape as [number, number, number], labels: run.classes, columns: options.width < 420 ? 5 : 10 },
      title: "Rows of W as images, one for each class",
    }),
  eigenvalues({ views: { model, thetas, firstThetas } }, options) {
    const { K } = model;
    const n = sizeOf(K.inShape);
    const isFast = K.blockForm?.sameBasis === true;
    if (!isFast && n > LARGEST_DENSE) {
      throw new ShapeError(
        `K(θ) is ${n} × ${n} without a fast form, too large for its eigenvalues to be watched (${LARGEST_DENSE} at most); average the images over 2 × 2 pixels, or choose a periodic boundary`,
      );
    }
    const title = thetas.length > 1 ? "Eigenvalues of K(θ), first channel" : "Eigenvalues of K(θ)";
    return spectrumPlot({ "at the start": spectrum(K, firstThetas[0]!), now: spectrum(K, thetas[0]!) }, { ...options, title });
  },
} satisfies Readonly<Record<string, Picture>>;

export type PictureName = keyof typeof pictures;

const asTrace = ({ validationLoss }: { readonly validationLoss?: number }) => ({ loss: validationLoss ?? 1 });

const unitOf = ({ settings }: RunFacts): string => (isMinimizer(settings.optimizer) ? "iteration" : "epoch");
