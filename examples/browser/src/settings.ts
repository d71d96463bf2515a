import type { Boundary } from "paramat";
import { type BackendId, backendNames } from "./backend-names.js";
import { type FamilyId, families } from "./families.js";
import { type OptimizerId, optimizerNames } from "./optimizer-names.js";
import { type RegularizerId, regularizerNames } from "./regularizer-names.js";

/** What is trained, and how: all that the page's form says. Plain data, kept in every checkpoint. */
export interface Settings {
  readonly data: "digits" | "files";
  /** Height and width of a generated digit, in pixels. */
  readonly size: number;
  /** Training examples: so many digits are drawn, or taken from the files at most. */
  readonly examples: number;
  /** Whether images are averaged over 2 × 2 pixels first. */
  readonly halve: boolean;
  readonly family: FamilyId;
  /** Stencil width, bandwidth or rank, as the family has it. */
  readonly width: number;
  readonly channels: number;
  readonly boundary: Boundary;
  readonly backend: BackendId;
  /** Of WebAssembly. */
  readonly threads: number;
  readonly optimizer: OptimizerId;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Epochs, or iterations of a method that takes all examples at once. */
  readonly epochs: number;
  readonly regularizer: RegularizerId;
  readonly lambda: number;
  readonly seed: number;
}

export const defaultSettings: Settings = {
  data: "digits",
  size: 12,
  examples: 5000,
  halve: false,
  family: "convolution",
  width: 5,
  channels: 8,
  boundary: "periodic",
  backend: "wasm",
  threads: 1,
  optimizer: "adam",
  learningRate: 0.01,
  batchSize: 32,
  epochs: 30,
  regularizer: "tikhonov",
  lambda: 0.0001,
  seed: 1,
};

/** What each boundary puts beyond the edge. */
export const boundaryNames: Readonly<Record<Boundary, string>> = {
  zero: "zero (Toeplitz)",
  periodic: "periodic (circulant)",
  reflect: "reflect, edge not repeated",
  symmetric: "symmetric, edge repeated",
  replicate: "replicate the edge",
  antisymmetric: "antisymmetric",
};

/** What may be chosen, by the names that checkpoints keep. */
const choices = {
  ...{ data: { digits: true, files: true }, family: families, boundary: boundaryNames },
  ...{ backend: backendNames, optimizer: optimizerNames, regularizer: regularizerNames },
};

/** The settings that something from outside, a checkpoint's notes say, holds; null if they are not this page's. */
export function settingsIn(notes: unknown): Settings | null {
  if (typeof notes !== "object" || notes === null) return null;
  const found = notes as Readonly<Record<string, unknown>>;
  const fits = Object.entries(defaultSettings).every(([key, value]) => typeof found[key] === typeof value);
  const isKnown = Object.entries(choices).every(([key, names]) => Object.hasOwn(names, found[key] as string));
  if (!fits || !isKnown) return null;
  return Object.fromEntries(Object.keys(defaultSettings).map((key) => [key, found[key]])) as unknown as Settings;
}
