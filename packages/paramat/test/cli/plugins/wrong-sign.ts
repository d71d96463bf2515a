import { fromContractions, mul, roll, sub, sum, type Value } from "paramat";

const D = (x: Value) => sub(x, roll(x, 1, 1));

/** D diag(θ), whose transpose goes the wrong way round the ring. */
export const wrongSign = fromContractions({
  name: "wrongSign",
  thetaShape: [4],
  inShape: [4],
  outShape: [4],
  apply: (theta, y) => D(mul(theta, y)),
  applyTranspose: (theta, z) => mul(theta, D(z)),
  jacobianTranspose: (y, z) => sum(mul(y, sub(z, roll(z, -1, 1))), { axes: 0 }),
});
