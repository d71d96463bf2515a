/** R(W, θ), as the page offers it: what is asked of the parameters besides a small loss. `penaltyOf` makes them. */
export const regularizerNames = {
  none: "none",
  tikhonov: "Tikhonov ½‖·‖², W and θ",
  laplacian: "Laplacian ½‖∇²W‖², rows of W as images",
  gradient: "gradient ½‖∇W‖², rows of W as images",
  variation: "total variation of W, rows as images",
  l1: "ℓ1 of W (smoothed)",
  elasticNet: "elastic net of W (smoothed)",
  huber: "Huber, W and θ",
  groups: "group norm of W, one group a pixel (smoothed)",
  logDet: "low rank of W (log det)",
} as const;

export type RegularizerId = keyof typeof regularizerNames;
