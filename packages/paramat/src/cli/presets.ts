import { relu, type Shape } from "@paramat/core";
import { activation, conv, dense, dropout, maxPooling, type Network, network } from "@paramat/layers";
import type { DataName } from "./run-settings.js";

/** What a data set is trained with unless the command line says otherwise. */
export interface Preset {
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly channels: readonly [number, number];
  readonly kernel: number;
  /** Part of the features that the classifier does without while training. */
  readonly dropout: number;
}

export const presets: Readonly<Record<DataName, Preset>> = {
  digits: { epochs: 8, batch: 32, learningRate: 5e-3, channels: [8, 16], kernel: 5, dropout: 0 },
  optdigits: { epochs: 25, batch: 32, learningRate: 3e-3, channels: [24, 48], kernel: 3, dropout: 0.5 },
  mnist: { epochs: 8, batch: 64, learningRate: 2e-3, channels: [16, 32], kernel: 5, dropout: 0.4 },
  "fashion-mnist": { epochs: 6, batch: 64, learningRate: 3e-3, channels: [8, 16], kernel: 5, dropout: 0 },
};

/** σ(K(θ)y + b), pooled, twice, and the linear classifier W, with dropout before it where the preset says so. */
export function digitNetwork(inShape: Shape, classes: number, { channels, kernel, dropout: rate }: Preset): Network {
  const stage = (count: number) => [
    conv({ channels: count, kernel, boundary: "zero" }),
    activation(relu, "relu"),
    maxPooling({ window: 2 }),
  ];
  return network([...stage(channels[0]), ...stage(channels[1]), ...(rate > 0 ? [dropout(rate)] : []), dense(classes)], { inShape });
}
