import { expect, test } from "vitest";
import { isAllowed, shippedPackages } from "./licences/shipped-licences.js";

test.each([
  ["MIT", true],
  ["GPL-3.0", false],
  [undefined, false],
  ["", false],
  ["(MIT OR GPL-3.0)", true],
  ["GPL-3.0 OR (ISC AND MIT)", true],
  ["MIT AND GPL-3.0", false],
  ["MIT OR", true],
  ["MIT GPL-3.0", false],
  ["(MIT", false],
])("isAllowed(%s) is %s", (expression, allowed) => {
  expect(isAllowed(expression)).toBe(allowed);
});

test("only what users install counts: no tool, no optional peer, the nearest copy of two", () => {
  const packages = {
    "": { version: "1" },
    "packages/one": {
      version: "1",
      license: "MIT",
      dependencies: { two: "1", b: "3" },
      peerDependencies: { tool: "2" },
      peerDependenciesMeta: { tool: { optional: true } },
    },
    "packages/two": { version: "1", license: "MIT", peerDependencies: { peer: "6" } },
    "node_modules/two": {},
    "node_modules/tool": { version: "2", license: "GPL-3.0" },
    "node_modules/b": { version: "3", license: "GPL-3.0", dependencies: { "@x/a": "4" } },
    "node_modules/@x/a": { version: "5", license: "MIT" },
    "node_modules/b/node_modules/@x/a": { version: "4", optionalDependencies: { b: "3" } },
    "node_modules/peer": { version: "6", license: "MIT" },
  };
  expect(shippedPackages({ packages })).toEqual([
    { name: "@x/a", version: "4", licence: undefined },
    { name: "b", version: "3", licence: "GPL-3.0" },
    { name: "peer", version: "6", licence: "MIT" },
  ]);
});
