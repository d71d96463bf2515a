import { diagonalMatrix } from "paramat";

export const kernel = diagonalMatrix([2]);

export function matrix([a = 0, b = 0]: number[]): number[][] {
  return [
    [a, 0],
    [0, b],
  ];
}
