import { expect, test } from "vitest";
import { placeIn } from "../../src/program/user-line.js";

test("places are read from stacks of all engines, whatever the names of folders and functions", () => {
  for (const place of [
    "/home/a b/(group)/x.ts:3:14",
    "file:///a%20b/(c)/x.mjs:1:2",
    "C:\\work\\x.js:10:1",
    "https://host/(app)/@/x.js:1:2",
  ]) {
    for (const frame of [
      `    at ${place}`,
      `    at async ${place}`,
      `    at Object.f [as g] (${place})`,
      `    at async new F (${place})`,
      `f@${place}`,
    ]) {
      expect(placeIn(frame)).toBe(place);
    }
  }
});

test("what is no file has no place", () => {
  const frames = [
    "Error: at last",
    "    at Array.map (<anonymous>)",
    "    at async Promise.all (index 0)",
    "    at f (node:internal/x:1:2)",
  ];
  const evaluated = "    at eval (eval at f (file:///x.js:1:2), <anonymous>:1:1)";
  expect([...frames, evaluated].map(placeIn)).toEqual(new Array(5).fill(null));
});
