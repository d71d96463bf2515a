import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocFailure } from "./docs/block.js";
import { checkDocs } from "./docs/check-docs.js";
import { docstringBlocks } from "./docs/docstring-blocks.js";
import { formatValue } from "./docs/format-value.js";
import { instrument } from "./docs/instrument.js";
import { markdownBlocks } from "./docs/markdown-blocks.js";
import { samePrinted } from "./docs/same-printed.js";

const fence = "```";

describe("finding blocks", () => {
  test("Markdown: languages, flags, indentation, and the line of the first line of code", () => {
    const text = `# A\n\n${fence}ts\na;\n${fence}\n- x\n  ${fence}js no-run\n  b;\n    c;\n  ${fence}\n${fence}text\nd\n${fence}\n${fence}ts file=a.ts\ne\n${fence}\n`;
    expect(markdownBlocks("a.md", text)).toEqual([
      { file: "a.md", line: 4, language: "ts", text: "a;", mode: "run" },
      { file: "a.md", line: 8, language: "js", text: "b;\n  c;", mode: "no-run" },
      { file: "a.md", line: 15, language: "ts", text: "e", mode: "run", partOf: "a.ts" },
    ]);
  });

  test("a longer fence may hold a shorter one", () => {
    expect(markdownBlocks("a.md", `${fence}${"`"}md\n${fence}ts\na;\n${fence}\n${fence}${"`"}\n`)).toEqual([]);
  });

  test("docstrings: with and without a fence, up to the next tag, and not in strings", () => {
    const source = `const s = "/** @example no(); */";\n/**\n * Sum.\n * @example\n * a;\n * b;\n * @returns c\n */\nexport const x = 1;\nexport interface I {\n  /** @example d; */\n  y: 1;\n  /**\n   * @example\n   * ${fence}ts no-run\n   * @e\n   * ${fence}\n   */\n  z: 1;\n}\n`;
    expect(docstringBlocks("a.ts", source)).toEqual([
      { file: "a.ts", line: 4, language: "ts", text: "\na;\nb;", mode: "run" },
      { file: "a.ts", line: 11, language: "ts", text: "d;", mode: "run" },
      { file: "a.ts", line: 16, language: "ts", text: "@e", mode: "no-run" },
    ]);
  });
});

test.each([
  [0.5, "0.5"],
  ["a b", "a b"],
  [["a", 1, [true, null, undefined]], '["a", 1, [true, null, undefined]]'],
  [new Float32Array([0.5, 2]), "[0.5, 2]"],
  [{ a: 1, b: { c: ["d"] } }, '{ a: 1, b: { c: ["d"] } }'],
  [{}, "{}"],
  [new Map([["a", 1]]), "Map { a: 1 }"],
  [new Set([1]), "Set [1]"],
  [{ toString: () => "own" }, "own"],
  [[{ toString: () => "own" }], "[own]"],
  [Promise.resolve(1), "Promise {}"],
])("formatValue %#: %s", (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test.each([
  ["0.30000000000000004", "0.3", true],
  ["0.3000000001", "0.3", false],
  ["0.3333333333", "≈ 0.333", true],
  ["0.3336", "≈ 0.333", false],
  ["1.2345e-7", "≈1.23e-7", true],
  ["1.2345e-7", "≈1.24e-7", false],
  ["[1, 0.6666]", "[1, ≈0.67]", true],
  ["[1.001, 0.6666]", "[1, ≈0.67]", false],
  ["[[1, 2], [3, 4]]", "[[1,2],\n [3,4]]", true],
  ["[1, 2]", "[1, 2, 3]", false],
  ["-1", "−1", true],
  ["1", "-1", false],
  ["abc", '"abc"', true],
  ["abc", "abd", false],
  ["NaN", "NaN", true],
  ["Infinity", "-Infinity", false],
])("samePrinted(%s, %s) is %s", (actual, expected, same) => {
  expect(samePrinted(actual, expected)).toBe(same);
});

describe("instrument", () => {
  const body = (text: string): string => instrument(text, "file:///e.ts").code.split("__claims.failures; ")[1] ?? "";
  test("an expression, a console.log, a declaration and a throw become calls on their own lines", () => {
    expect(body("f(\n  1,\n); // → 2")).toBe('__claims.value(1, "2", (f(\n  1,\n))); // → 2\n');
    expect(body("console.log(a, b); // => 1 2")).toBe('__claims.value(1, "1 2", a, b); // => 1 2\n');
    expect(body("const z = 3; // → 3")).toBe('const z = 3; __claims.value(1, "3", z); // → 3\n');
    expect(body("\nf(); // throws: no")).toBe('\nawait __claims.throws(2, async () => { f(); }, "no"); // throws: no\n');
  });
  test("indented comment lines go on with the claim", () => {
    expect(body("a; // → [1,\n//    2]\n// prose")).toContain(JSON.stringify("[1,\n2]"));
  });
  test("a claim on no statement is loose", () => {
    expect(instrument("// → 1\nif (a) {} // → 2\nb; // → 3", "file:///e.ts").loose).toEqual([1, 2]);
  });
});

describe("a repository with planted faults", () => {
  // Inside the repository, where git ignores it, so that the blocks find its packages.
  const cache = join(import.meta.dirname, "..", ".paramat-cache");
  const state: { root: string; failures: readonly DocFailure[]; numBlocks: number } = { root: "", failures: [], numBlocks: 0 };

  beforeAll(async () => {
    mkdirSync(cache, { recursive: true });
    state.root = mkdtempSync(join(cache, "docs-check-test-"));
    const files: Record<string, string> = {
      "package.json": JSON.stringify({ type: "module", scripts: { build: "true" } }),
      "tsconfig.base.json": JSON.stringify({
        compilerOptions: { target: "ES2022", module: "ESNext", moduleResolution: "bundler", strict: true, types: ["node"] },
      }),
      "packages/one/src/one.ts": `/**\n * One.\n * @example\n * 1 + 1; // → 2\n * 2 + 2; // → 5\n * 1 / 3; // → ≈ 0.333\n * 1 / 3; // → 0.333\n */\nexport const one: number = 1;\n`,
      "docs/a.md": [
        `${fence}ts\nimport { one } from "../../packages/one/src/one.js";\nconst x: string = one;\n${fence}`, // types: line 3
        `${fence}ts no-run\nthrow new Error("not run");\n${fence}`,
        `${fence}ts\nconst ok = await Promise.resolve(3); // → 3\nnull as unknown as number; // → 4\n${fence}`, // value: line 10
        `${fence}js\nfunction f() {\n  throw new RangeError("outside");\n}\nf(); // throws: side\nf();\n${fence}`, // 14, where it comes from
        `${fence}ts\nconst g = () => { throw new Error("inside"); };\ng(); // throws: other\n${fence}`, // 21
        `${fence}ts\nprocess.exit(3);\n${fence}`, // 24
        `${fence}ts\n[1, 2].map((v) => 2 * v); // → [2, 4]\n${fence}`,
        `${fence}sh\nnpm ci\nnpm run build && npm run missing\n${fence}`, // 31
        `[here](a.md) [gone](gone.md#x) [out](https://example.org)`, // 33
        `${fence}ts file=packages/one/src/one.ts\nexport const one: number = 1;\n${fence}`,
        `${fence}ts file=packages/one/src/one.ts\nexport const one: number = 2;\n${fence}`, // 38
      ].join("\n"),
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(state.root, path)), { recursive: true });
      writeFileSync(join(state.root, path), text);
    }
    Object.assign(state, await checkDocs(state.root, { folder: join(state.root, "blocks") }));
  }, 60_000);
  afterAll(() => rmSync(state.root, { recursive: true }));

  test("each fault is named with its file, its line and both values, and nothing else is", () => {
    expect(state.failures.map(({ file, line, message }) => `${file}:${line}  ${message}`)).toEqual([
      "docs/a.md:3  TS2322: Type 'number' is not assignable to type 'string'.",
      "docs/a.md:10  says 4; it is null",
      "docs/a.md:14  throws RangeError: outside",
      'docs/a.md:21  says it throws "other"; it throws "inside"',
      "docs/a.md:24  ended the process with code 3",
      "docs/a.md:31  names the script missing, which package.json does not have",
      "docs/a.md:33  links to gone.md, which is not there",
      "docs/a.md:38  says it is part of packages/one/src/one.ts, and is not",
      "packages/one/src/one.ts:5  says 5; it is 4",
      "packages/one/src/one.ts:7  says 0.333; it is 0.3333333333333333",
    ]);
    expect(state.numBlocks).toBe(11);
  });
});
