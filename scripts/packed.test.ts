import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { command } from "./packed/command.js";
import { pack, type Tarball } from "./packed/pack.js";

const root = join(import.meta.dirname, "..");
const consumer = { folder: "", tarballs: [] as readonly Tarball[] };

// A folder of its own, outside the repository, as a user has it: nothing resolves but what the tarballs bring.
beforeAll(async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "packed-")));
  consumer.folder = folder;
  mkdirSync(join(folder, "tarballs"));
  consumer.tarballs = await pack(root, join(folder, "tarballs"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const paths = consumer.tarballs.map((t) => t.path);
  await command(folder, "npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...paths]);
}, 300_000);
afterAll(() => rmSync(consumer.folder, { recursive: true, force: true }), 60_000);

test("every package is packed with its licence, its page, its code and its types, and with nothing that only the repository needs", () => {
  expect(consumer.tarballs.map((t) => t.name)).toContain("paramat");
  for (const { name, files } of consumer.tarballs) {
    for (const path of ["LICENSE", "README.md", "package.json", "dist/index.js", "dist/index.d.ts"]) expect(files, name).toContain(path);
    expect(
      files.filter((path) => /(^|\/)test\/|tsbuildinfo|tsconfig|\.turbo/.test(path)),
      name,
    ).toEqual([]);
  }
});

test("a program takes a gradient", async () => {
  const text = `import { cpu, grad, mul, ndarray, sum } from "paramat";
const x = ndarray(cpu(), [1, 2, 3]);
console.log(import.meta.resolve("paramat"), JSON.stringify(grad((x) => sum(mul(x, x)))(x).toNested()));
`;
  writeFileSync(join(consumer.folder, "program.mjs"), text);
  const [from, gradient] = (await command(consumer.folder, process.execPath, ["program.mjs"])).trim().split(" ");
  expect(from).toContain(join(consumer.folder, "node_modules/paramat/dist/index.js"));
  expect(gradient).toBe("[2,4,6]");
});

test("the command line answers with its version", async () => {
  const version = await command(consumer.folder, "npx", ["--no-install", "paramat", "--version"]);
  expect(version).toContain(consumer.tarballs.find((t) => t.name === "paramat")?.version);
});

test.each([
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
])("types resolve with module %s, resolution %s, and tell right from wrong", async (module, moduleResolution) => {
  const text = `import { cpu, grad, mul, ndarray, sum, type Value } from "paramat";
const x = ndarray(cpu(), [1, 2, 3]);
export const gradient: Value = grad((x: Value) => sum(mul(x, x)))(x);
// @ts-expect-error a shape is no string
export const wrong: string = gradient.shape;
`;
  const folder = join(consumer.folder, moduleResolution);
  mkdirSync(folder);
  writeFileSync(join(folder, "program.ts"), text);
  const compilerOptions = { target: "es2022", lib: ["es2023", "dom"], types: [], strict: true, noEmit: true, module, moduleResolution };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  expect(await command(folder, process.execPath, [tsc, "-p", "."])).toBe("");
});
