import { convolution } from "paramat";

const periodic = convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" });

/** Correlation: the stencil from left to right, where convolution has it from right to left. */
function correlation([left = 0, here = 0, right = 0]: number[]): number[][] {
  return [
    [here, right, 0, left],
    [left, here, right, 0],
    [0, left, here, right],
    [right, 0, left, here],
  ];
}

function convolved([left = 0, here = 0, right = 0]: number[]): number[][] {
  return correlation([right, here, left]);
}

export const check = [
  { ...periodic, matrix: convolved },
  { ...periodic, name: "mistaken", matrix: correlation },
];
