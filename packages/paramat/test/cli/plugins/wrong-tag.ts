import { fromEntries } from "paramat";

export const skew = fromEntries({
  name: "skew",
  rows: 3,
  cols: 3,
  numParams: 2,
  entries: [
    [0, 1, [[0, 1]]],
    [1, 0, [[0, -1]]],
    [1, 2, [[1, 1]]],
  ],
  tags: ["antisymmetric"],
});
