import type { Rng } from "@paramat/core";

/** A map of the plane, [x, y] to [x′, y′]. */
export type PlaneMap = (x: number, y: number) => readonly [number, number];

/** How much hands differ. */
const spread = {
  /** Standard deviation of tan(angle/2): 0.075 is 8.6 degrees. */
  halfTurn: 0.075,
  /** Standard deviation of the slant x per y. */
  slant: 0.15,
  /** Height of the digit as a share of the image: smallest, largest. */
  height: [0.62, 0.84],
  /** Standard deviation of the factor on the width, whose mean is 1. */
  width: 0.17,
  /** Smallest margin kept to the image's edge, as a share of the image. */
  margin: 0.06,
  /** Largest distance from the image's centre, across and down, as a share of the image. */
  stray: 0.17,
  /** Standard deviation of each bend of the smooth warp, as a share of the digit. */
  bend: 0.05,
} as const;

/**
 * (x, y) in the digit's own frame ↦ its place in the unit square of the image: p + s·R·S·bend(x, y),
 * with a random place p, height s, rotation R, slant and width S and a smooth cubic bend. No two digits of one hand are alike.
 * @param width usual width of the digit, as a share of its height
 */
export function drawHand(width: number, rng: Rng): PlaneMap {
  const t = rng.normal() * spread.halfTurn;
  const cos = (1 - t * t) / (1 + t * t);
  const sin = (2 * t) / (1 + t * t);
  const slant = rng.normal() * spread.slant;
  const height = between(rng, spread.height[0], spread.height[1]);
  const across = height * width * clamp(1 + rng.normal() * spread.width, 0.6, 1.5);
  const bends = Array.from({ length: 10 }, () => rng.normal() * spread.bend);

  const around: PlaneMap = (x, y) => {
    const u = 2 * x - 1;
    const v = 2 * y - 1;
    const bentX = u + bend(bends, 0, u, v);
    const bentY = v + bend(bends, 5, u, v);
    const px = (across * bentX - slant * height * bentY) / 2;
    const py = (height * bentY) / 2;
    return [cos * px - sin * py, sin * px + cos * py];
  };

  // The place is drawn in what room the four corners leave, so that the digit stays inside the image.
  const corners = [around(0, 0), around(1, 0), around(0, 1), around(1, 1)];
  const placeX = place(
    corners.map((corner) => corner[0]),
    rng,
  );
  const placeY = place(
    corners.map((corner) => corner[1]),
    rng,
  );
  return (x, y) => {
    const [px, py] = around(x, y);
    return [placeX + px, placeY + py];
  };
}

function bend(bends: readonly number[], from: number, u: number, v: number): number {
  return (
    bends[from]! * u * u + bends[from + 1]! * u * v + bends[from + 2]! * v * v + bends[from + 3]! * u * v * v + bends[from + 4]! * u * u * v
  );
}

function place(corners: readonly number[], rng: Rng): number {
  const low = Math.max(spread.margin - Math.min(...corners), 0.5 - spread.stray);
  const high = Math.min(1 - spread.margin - Math.max(...corners), 0.5 + spread.stray);
  return low < high ? between(rng, low, high) : (low + high) / 2;
}

function between(rng: Rng, low: number, high: number): number {
  return low + (high - low) * rng.uniform();
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
