import { conv, cpu, dense, generateDigits, leaves, network, rng, splitOff } from "paramat";
import { fingerprint } from "./fingerprint.js";

/** Some of everything that is drawn from a seed. */
export interface SeededNumbers {
  readonly uniform: readonly number[];
  readonly normal: readonly number[];
  readonly permutation: readonly number[];
  readonly afterSplit: number;
  /** Of a hundred images as bytes. */
  readonly digits: string;
  readonly heldLabels: readonly number[];
  /** Of each parameter of a network. */
  readonly initialParameters: readonly string[];
}

/** The same on every host. */
export async function seededNumbers(): Promise<SeededNumbers> {
  const stream = rng(7);
  const { train } = generateDigits({ train: 100, test: 0, seed: 1 });
  const params = network([conv({ channels: 4, kernel: 3 }), dense(10)], { inShape: [8, 8, 1] }).init(rng(3), cpu("float64"));
  return {
    uniform: Array.from({ length: 1000 }, () => stream.uniform()),
    normal: Array.from({ length: 1000 }, () => stream.normal()),
    permutation: [...stream.permutation(100)],
    afterSplit: stream.split().uniform(),
    digits: await fingerprint(Uint8Array.from(train.images, (grey) => Math.round(grey * 255))),
    heldLabels: [...splitOff(train, 20, rng(5)).held.labels],
    initialParameters: await Promise.all(leaves(params).map((leaf) => fingerprint(leaf.toArray()))),
  };
}
