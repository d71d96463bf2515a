/** R(W, θ), as the page offers it: what is asked of the parameters besides a small loss; those with kinks are smoothed. `penaltyOf` makes them. */
export const regularizerNames = {
  none: "none",
  tikhonov: "Tikhonov, W and θ",
  laplacian: "Laplacian of W’s images",
  gradient: "gradient of W’s images",
  variation: "total variation of W’s images",
  l1: "ℓ1 of W",
  elasticNet: "elastic net of W",
  huber: "Huber, W and θ",
  groups: "group norm of W, by pixels",
  logDet: "low rank of W (log det)",
} as const;

export type RegularizerId = keyof typeof regularizerNames;
