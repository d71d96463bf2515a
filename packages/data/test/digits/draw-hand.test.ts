import { rng } from "@paramat/core";
import { expect, test } from "vitest";
import { drawHand } from "../../src/digits/draw-hand.js";

const corners = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

test("keeps the digit's frame inside the image, but for the rare overhang of a corner", () => {
  let outside = 0;
  for (let seed = 0; seed < 500; seed++) {
    const hand = drawHand(0.6, rng(seed));
    for (const [x, y] of corners) if (hand(x, y).some((place) => place < 0 || place > 1)) outside++;
  }
  expect(outside).toBeLessThan(500 * 4 * 0.01);
});

test("keeps top above bottom and left before right", () => {
  for (let seed = 0; seed < 500; seed++) {
    const hand = drawHand(0.6, rng(seed));
    expect(hand(0.5, 0)[1]).toBeLessThan(hand(0.5, 1)[1]);
    expect(hand(0, 0.5)[0]).toBeLessThan(hand(1, 0.5)[0]);
  }
});

test("same stream, same hand; another stream, another hand", () => {
  expect(drawHand(0.6, rng(1))(0.3, 0.8)).toEqual(drawHand(0.6, rng(1))(0.3, 0.8));
  expect(drawHand(0.6, rng(1))(0.3, 0.8)).not.toEqual(drawHand(0.6, rng(2))(0.3, 0.8));
});
