import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { inspect } from "./house/inspect.js";
import { checkFiles } from "./house/rules/files.js";
import { printViolation } from "./house/violation.js";
import { readWorkspace } from "./house/workspace.js";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A repository of three packages in order, with `changes` written over it. */
function repository(changes: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "house-"));
  made.push(root);
  const files: Record<string, string> = {
    "package.json": manifest({ name: "root", devDependencies: { vitest: "4" } }),
    LICENSE: "MIT",
    ...room("backends", "@paramat/backends", {}),
    "packages/backends/src/index.ts": `export { cpu } from "./cpu/cpu.js";\nexport type { Backend } from "./backend.js";\n`,
    "packages/backends/src/backend.ts": "export interface Backend { readonly name: string }\n",
    "packages/backends/src/cpu/cpu.ts": `import type { Backend } from "../backend.js";\nexport function cpu(): Backend { return { name: "cpu" }; }\n`,
    ...room("core", "@paramat/core", { "@paramat/backends": "0.1.0", "pure-rand": "^8.0.0" }, ["backends"]),
    "packages/core/src/index.ts": `import type { Backend } from "@paramat/backends";\nimport "pure-rand";\nexport const name = (b: Backend): string => b.name;\n`,
    "packages/core/test/index.test.ts": `import { cpu } from "@paramat/backends";\nimport { test } from "vitest";\nimport { name } from "../src/index.js";\ntest(name(cpu()), () => {});\n`,
    ...room("paramat", "paramat", { "@paramat/backends": "0.1.0", "@paramat/core": "0.1.0" }, ["backends", "core"]),
    "packages/paramat/src/index.ts": `import { cpu } from "@paramat/backends";\nexport * from "@paramat/core";\nexport const backend = cpu();\n`,
    "examples/first.ts": `import { backend } from "paramat";\nexport const chosen = backend;\n`,
    ...changes,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function manifest(content: object): string {
  return JSON.stringify({ version: "0.1.0", exports: { ".": { "paramat-source": "./src/index.ts" } }, ...content });
}

function room(folder: string, name: string, dependencies: object, references: readonly string[] = []): Record<string, string> {
  return {
    [`packages/${folder}/package.json`]: manifest({ name, dependencies }),
    [`packages/${folder}/tsconfig.json`]: JSON.stringify({ references: references.map((r) => ({ path: `../${r}` })) }),
    [`packages/${folder}/LICENSE`]: "MIT",
  };
}

function breaches(changes: Readonly<Record<string, string>>): readonly string[] {
  return inspect(repository(changes)).violations.map(printViolation);
}

test("a repository in order has no breach", () => {
  const { numFiles, violations } = inspect(repository());
  expect(violations).toEqual([]);
  expect(numFiles).toBe(7);
});

const core = "packages/core/src";
const planted: readonly (readonly [string, Readonly<Record<string, string>>, readonly RegExp[]])[] = [
  [
    "an import that climbs, type-only",
    { "packages/backends/src/backend.ts": `import type { name } from "@paramat/core";\nexport type Backend = { name: typeof name };\n` },
    [
      /backend\.ts:1 {2}floors: backends \(floor 0\) imports @paramat\/core \(floor 1\)/,
      /circles: .*packages\/core\/src\/index\.ts/,
      /dependencies/,
    ],
  ],
  [
    "a test that climbs",
    { "packages/core/test/face.test.ts": `import { backend } from "paramat";\nexport const b = backend;\n` },
    [/face\.test\.ts:1 {2}floors: core \(floor 1\) imports paramat \(floor 4\)/],
  ],
  [
    "a package that imports itself by name",
    { [`${core}/self.ts`]: `import { name } from "@paramat/core";\nexport const n = name;\n` },
    [/self\.ts:1 {2}floors: @paramat\/core imports itself by name/],
  ],
  ["a package without a floor", room("extra", "@paramat/extra", {}), [/packages\/extra {2}floors: no floor is given for @paramat\/extra/]],
  [
    "a circle of two files, one side type-only",
    {
      [`${core}/a.ts`]: `import type { B } from "./b.js";\nexport interface A { readonly b: B }\n`,
      [`${core}/b.ts`]: `import { a } from "./c.js";\nexport type B = typeof a;\n`,
      [`${core}/c.ts`]: `export const a: import("./b.js").B | 1 = 1;\n`,
    },
    [/circles: imports run in a circle: packages\/core\/src\/b\.ts → packages\/core\/src\/c\.ts → packages\/core\/src\/b\.ts;/],
  ],
  ["a file that imports itself", { [`${core}/a.ts`]: `export * from "./a.js";\n` }, [/circles: .*a\.ts → packages\/core\/src\/a\.ts/]],
  [
    "a relative import into another package",
    { [`${core}/a.ts`]: `import type { Backend } from "../../backends/src/backend.js";\nexport type A = Backend;\n` },
    [/a\.ts:1 {2}deep import: .* leaves packages\/core/],
  ],
  [
    "a subpath that is not exported",
    { [`${core}/a.ts`]: `import { cpu } from "@paramat/backends/cpu";\nexport const c = cpu;\n` },
    [/a\.ts:1 {2}deep import: @paramat\/backends does not export \.\/cpu; its package\.json exports \./],
  ],
  ["a relative import without an extension", { [`${core}/a.ts`]: `export * from "./index";\n` }, [/a\.ts:1 {2}extension: .*\.\/index\.js/]],
  [
    "a dependency that is not declared",
    { [`${core}/a.ts`]: `export const load = () => import("jsdom");\n` },
    [/a\.ts:1 {2}dependencies: jsdom is not in the dependencies of packages\/core\/package\.json/],
  ],
  [
    "a dependency that nothing imports",
    room("core", "@paramat/core", { "@paramat/backends": "0.1.0", "pure-rand": "^8.0.0", left: "1" }, ["backends"]),
    [/packages\/core\/package\.json {2}dependencies: left is declared and no source imports it/],
  ],
  [
    "an internal version that differs",
    room("core", "@paramat/core", { "@paramat/backends": "^0.1.0", "pure-rand": "^8.0.0" }, ["backends"]),
    [/@paramat\/backends is asked for as \^0\.1\.0; .* must be 0\.1\.0/],
  ],
  [
    "project references that differ from the dependencies",
    room("core", "@paramat/core", { "@paramat/backends": "0.1.0", "pure-rand": "^8.0.0" }),
    [/packages\/core\/tsconfig\.json {2}dependencies: references are \[\]; .* \[packages\/backends\]/],
  ],
  [
    "a concrete backend in a source, by another name",
    { [`${core}/a.ts`]: `import { cpu as numbers } from "@paramat/backends";\nexport const b = numbers();\n` },
    [/a\.ts:1 {2}concrete backend: imports the backend cpu/],
  ],
  [
    "a concrete backend through a chain of re-exports",
    {
      "packages/backends/src/index.ts": `export type { Backend } from "./backend.js";\nexport * from "./all.js";\n`,
      "packages/backends/src/all.ts": `import { cpu } from "./cpu/cpu.js";\nexport { cpu };\n`,
      [`${core}/a.ts`]: `export { cpu } from "@paramat/backends";\n`,
    },
    [/a\.ts:1 {2}concrete backend: imports the backend cpu/],
  ],
  [
    "a concrete backend that is one file",
    {
      "packages/backends/src/index.ts": `export type { Backend } from "./backend.js";\nexport { gpu } from "./gpu.js";\nexport { cpu } from "./cpu/cpu.js";\n`,
      "packages/backends/src/gpu.ts": "export const gpu = 1;\n",
      [`${core}/a.ts`]: `import { type Backend, gpu } from "@paramat/backends";\nexport const a: [Backend?, unknown?] = [undefined, gpu];\n`,
    },
    [/a\.ts:1 {2}concrete backend: imports the backend gpu/],
  ],
  [
    "the whole of the backends",
    { [`${core}/a.ts`]: `import * as backends from "@paramat/backends";\nexport const b = backends;\n` },
    [/a\.ts:1 {2}concrete backend: takes the whole of @paramat\/backends/],
  ],
  ["a file past 300 lines", { [`${core}/a.ts`]: "export {};\n".repeat(301) }, [/a\.ts {2}length: 301 lines; past 300/]],
  ["a file named utils", { [`${core}/utils.ts`]: "export {};\n" }, [/utils\.ts {2}name: "utils" says nothing/]],
  ["a folder named common", { "packages/core/test/common/a.test.ts": "export {};\n" }, [/name: "common" says nothing/]],
  ["a default export", { [`${core}/a.ts`]: "export default 1;\n" }, [/a\.ts:1 {2}default export/]],
  ["a default export by clause", { [`${core}/a.ts`]: "const a = 1;\nexport { a as default };\n" }, [/a\.ts:2 {2}default export/]],
  ["inheritance", { [`${core}/a.ts`]: "class A {}\nexport class B extends A {}\n" }, [/a\.ts:2 {2}inheritance: extends A/]],
  [
    "mutable module state",
    { [`${core}/a.ts`]: "let count = 0;\nexport const next = () => count++;\n" },
    [/a\.ts:1 {2}module state: count/],
  ],
  ["Math.random", { [`${core}/a.ts`]: "export const r = () => Math.random();\n" }, [/a\.ts:1 {2}randomness: Math\.random/]],
  ["a package without its licence", { "packages/core/LICENSE": "other" }, [/packages\/core\/LICENSE {2}licence: is not a copy/]],
];

test.each(planted)("%s is caught", (_, changes, expected) => {
  const found = breaches(changes);
  for (const pattern of expected) expect(found).toContainEqual(expect.stringMatching(pattern));
  expect(found.length).toBe(expected.length);
});

test("errors may extend errors, and configuration files may export a default", () => {
  expect(
    breaches({
      [`${core}/shape-error.ts`]: "export class ShapeError extends Error {}\n",
      "packages/core/vitest.config.ts": "export default {};\n",
    }),
  ).toEqual([]);
});

test("a long file on the list passes, and one that is no longer long is to be taken off", () => {
  const root = repository({ [`${core}/a.ts`]: "export {};\n".repeat(301) });
  expect(checkFiles(readWorkspace(root), { [`${core}/a.ts`]: "one table" })).toEqual([]);
  cpSync(join(root, core, "index.ts"), join(root, core, "a.ts"));
  expect(checkFiles(readWorkspace(root), { [`${core}/a.ts`]: "one table" }).map(printViolation)).toEqual([
    expect.stringMatching(/a\.ts {2}length: is allowed to be long and is not/),
  ]);
});
