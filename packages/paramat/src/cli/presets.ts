import { relu, type Shape } from "@paramat/core";
import { activation, conv, dense, maxPooling, type Network, network } from "@paramat/layers";
import type { DataName } from "./train-options.js";

/** What a data set is trained with unless the command line says otherwise. */
export interface Preset {
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly channels: readonly [number, number];
  readonly kernel: number;
}

export const presets: Readonly<Record<DataName, Preset>> = {
  digits: { epochs: 10, batch: 32, learningRate: 3e-3, channels: [8, 16], kernel: 5 },
  optdigits: { epochs: 20, batch: 32, learningRate: 3e-3, channels: [16, 32], kernel: 3 },
  mnist: { epochs: 6, batch: 64, learningRate: 3e-3, channels: [8, 16], kernel: 5 },
  "fashion-mnist": { epochs: 6, batch: 64, learningRate: 3e-3, channels: [8, 16], kernel: 5 },
};

/** σ(K(θ)y + b), pooled, twice, and the linear classifier W. */
export function digitNetwork(inShape: Shape, classes: number, { channels, kernel }: Preset): Network {
  const stage = (count: number) => [
    conv({ channels: count, kernel, boundary: "zero" }),
    activation(relu, "relu"),
    maxPooling({ window: 2 }),
  ];
  return network([...stage(channels[0]), ...stage(channels[1]), dense(classes)], { inShape });
}
