import { describe, expect, it } from "vitest";
import { mergedLoops } from "../../../src/wasm/convolve/loops.js";

describe("mergedLoops", () => {
  it("loops of one turn vanish", () => {
    expect(mergedLoops([{ count: 1, steps: [7] }])).toEqual([]);
  });

  it("an outer loop that continues the inner one in every address joins it", () => {
    const [outer, inner] = [
      { count: 3, steps: [20, 40] },
      { count: 5, steps: [4, 8] },
    ];
    expect(mergedLoops([outer, inner])).toEqual([{ count: 15, steps: [4, 8] }]);
  });

  it("and stays where one address jumps", () => {
    const loops = [
      { count: 3, steps: [20, 44] },
      { count: 5, steps: [4, 8] },
    ];
    expect(mergedLoops(loops)).toEqual(loops);
  });
});
