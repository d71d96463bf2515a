import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundle } from "./bundle.js";

const folder = join(import.meta.dirname, "../../..");

/** Every entry of every package but those that are for Node or for a test runner by their names. */
const entries = readdirSync(folder)
  .map((name) => JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")) as { name: string; exports: object })
  .flatMap(({ name, exports }) => Object.keys(exports).map((subpath) => name + subpath.slice(1)))
  .filter((entry) => !/\/(node|vitest)$/.test(entry));

const gradientOfSquares = `import { cpu, grad, mul, ndarray, sum } from "paramat";
document.title = grad((x) => sum(mul(x, x)))(ndarray(cpu(), [1, 2, 3])).toString();`;

const compiledGradient = `import { compile, cpu, grad, mul, ndarray, sum } from "paramat";
document.title = compile(grad((x) => sum(mul(x, x))))(ndarray(cpu(), [1, 2, 3])).toString();`;
const gradientOnWasm = `import { grad, mul, ndarray, sum, trainingBackend } from "paramat";
document.title = grad((x) => sum(mul(x, x)))(ndarray(trainingBackend(), [1, 2, 3])).toString();`;

const wholeOf = (entry: string) => bundle(`import * as whole from "${entry}"; console.log(whole);`);

test("there are entries of every package", () => {
  expect(entries).toEqual(expect.arrayContaining(["paramat", "paramat/check", "@paramat/backends", "@paramat/core", "@paramat/data"]));
});

test.each(entries)("%s can be bundled for browsers", async (entry) => {
  expect((await wholeOf(entry)).startup).not.toBe("");
});

test.each(["paramat/node", "@paramat/data/node", "@paramat/optim/node"])("%s cannot: it is for Node", async (entry) => {
  await expect(wholeOf(entry)).rejects.toThrow(/Could not resolve "node:/);
});

test("a program carries what it uses and no more: a gradient brings no layers, losses, optimizers, data or pictures", async () => {
  const [whole, small] = [await wholeOf("paramat"), await bundle(gradientOfSquares)];
  // A generator's numbers may come along: the checks, which a program can load later, share them with core.
  const allowed = /^(packages\/(backends|core)|node_modules\/(fft\.js|pure-rand))\//;
  expect(small.sources.filter((path) => !allowed.test(path))).toEqual([]);
  // Words of error messages stay whole in a minified program.
  const words = ["network: ", "generateDigits: ", "paramat checkpoint", "readIdx: ", "leastSquares: "];
  expect(words.filter((word) => whole.startup.includes(word))).toEqual(words);
  expect(words.filter((word) => small.startup.includes(word))).toEqual([]);
});

test.each([
  { name: "a gradient", program: gradientOfSquares, most: 24, without: /\/src\/(program\/passes|wasm)\// },
  { name: "a compiled gradient", program: compiledGradient, most: 40, without: /\/src\/wasm\// },
  { name: "a gradient on WASM, with all kernels", program: gradientOnWasm, most: 96, without: /\/src\/program\/passes\// },
])("$name is small, and brings no more of the backends", async ({ name, program, most, without }) => {
  const { startup: text, sources } = await bundle(program);
  const packed = gzipSync(text).length;
  console.log(`${name} in a page: ${(text.length / 1024).toFixed(1)} KiB minified, ${(packed / 1024).toFixed(1)} KiB gzipped`);
  expect(packed).toBeLessThan(most * 1024);
  expect(sources.filter((path) => without.test(path))).toEqual([]);
});
