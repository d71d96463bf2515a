import { describe, test } from "vitest";
import {
  antisymmetricMatrix,
  blockDiagonal,
  compose,
  dctDiagonal,
  diagonalMatrix,
  firstDifference,
  flipOperator,
  identityPlus,
  lowerTriangular,
  mMatrix,
  type Parameterization,
  plus,
  scale,
  strided,
  symmetricMatrix,
  transposeOf,
  waveletDiagonal,
} from "../../../src/index.js";
import { expectConformance } from "./expect-laws.js";

const cases: readonly Parameterization[] = [
  compose(firstDifference([3]), identityPlus(diagonalMatrix(3))),
  compose(diagonalMatrix(3), flipOperator([3])),
  plus(symmetricMatrix(3), diagonalMatrix(3)),
  plus(mMatrix(3), scale(2, mMatrix(3))),
  blockDiagonal([antisymmetricMatrix(2), antisymmetricMatrix([2])]),
  blockDiagonal([mMatrix([2, 1]), mMatrix([2, 1])]),
  transposeOf(lowerTriangular(3)),
  scale(-1, symmetricMatrix(2)),
  strided(diagonalMatrix([4, 1]), 2),
  identityPlus(waveletDiagonal([4], { levels: 2 })),
  dctDiagonal([3, 2]),
];

describe("what algebra makes meets the conformance kit: tags, fixed part and all", () => {
  test.each(cases.map((K) => [K.name, K] as const))("%s", (_, K) => {
    expectConformance(K);
  });
});
