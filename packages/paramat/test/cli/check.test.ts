import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "./run.js";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "paramat-check-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plugin = (name: string) => fileURLToPath(new URL(`plugins/${name}.ts`, import.meta.url));
const check = (...args: string[]) => run(["check", "--no-timing", ...args]);

interface Json {
  readonly ok: boolean;
  readonly seed: number;
  readonly files: readonly {
    readonly problems: readonly string[];
    readonly parameterizations: readonly {
      readonly export: string;
      readonly ok: boolean;
      readonly laws: readonly { readonly law: string; readonly verdict: string; readonly counterexample?: Record<string, unknown> }[];
    }[];
  }[];
}
const lastLine = (text: string) => JSON.parse(text.trimEnd().split("\n").at(-1) as string) as Json;

describe("paramat check", { timeout: 60_000 }, () => {
  test("passes the plug-in of the guide, whose page shows the report", async () => {
    const { code, out, err } = await check("examples/plugins/upwind.ts");
    expect(err.replace(/^.*npm warn.*$/gm, "").trim()).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("all 14 laws hold");
    const page = readFileSync(join(root, "docs/add-a-parameterization.md"), "utf8");
    // The laws and what they say; errors of rounding may differ between machines.
    const facts = (text: string) =>
      text.split("\n").flatMap((line) => (/^ {2}[✓✗!·] /.test(line) ? [line.replace(/\d\.\d+(e[-+]\d+)?/g, "#")] : []));
    for (const line of facts(out)) expect(facts(page)).toContain(line);
  });

  test("names the law, the contraction, the entry and both values of a wrong transpose, and ends in code 1", async () => {
    const { code, out } = await check(plugin("wrong-sign"), "--json", "--seed", "4");
    expect(code).toBe(1);
    expect(out).toContain("✗ ⟨z, Ky⟩ = ⟨Kᵀz, y⟩ = ⟨Qᵀ, θ⟩  broken: applyTranspose");
    // K₁₀ = −θ₀.
    expect(out).toMatch(/θ = \[1, 0, 0, 0\]\n +y = \[1, 0, 0, 0\]\n +z = \[0, 1, 0, 0\]\n.*entry \(1, 0\) of K; expected -1, found 0/);
    const json = lastLine(out);
    expect([json.ok, json.seed]).toEqual([false, 4]);
    const broken = json.files[0]?.parameterizations[0]?.laws.filter((law) => law.verdict === "broken");
    expect(broken).toHaveLength(1);
    expect(broken?.[0]?.counterexample).toMatchObject({ entry: [1, 0], expected: -1, found: 0 });
  });

  test("checks every export once, calls factories, remarks on redundant parameters, and says what is refused or unfinished", async () => {
    const { code, out, err } = await check(plugin("several"), "--json");
    expect(code).toBe(1);
    expect(lastLine(out).files[0]?.parameterizations.map((p) => [p.export, p.ok])).toEqual([
      ["again", true],
      ["made()", true],
      ["redundant", true],
    ]);
    expect(out).toContain("! rank of Q                     rank 1 of 2 parameters; redundant: θ[1]");
    expect(err).toContain("squared() throws NotLinearError: squared: f is not linear in θ");
    expect(err).toContain("unfinished is no parameterization yet: it lacks applyTranspose");
  });

  test("holds K to the matrix that the module writes out, and to its tags", async () => {
    const { code, out } = await check(plugin("with-matrix"), plugin("oracle"), plugin("wrong-tag"), "--json");
    expect(code).toBe(1);
    const laws = lastLine(out).files.flatMap((file) =>
      file.parameterizations.map((p) => [p.export, p.laws.flatMap(({ law, verdict }) => (verdict === "broken" ? [law] : [])).join()]),
    );
    expect(laws).toEqual([
      ["kernel", ""],
      ["check[0]", ""],
      ["check[1]", "the matrix, naively"],
      ["skew", "tags"],
    ]);
    expect(out).toContain("export kernel, with its matrix");
    expect(out).toContain("entry (1, 0) of K; expected 1, found 0");
    expect(out).toMatch(/antisymmetric is wrong: at θ = \[0, 1\], K\(1, 2\)/);
  });

  test("says what a module must export, and which files it cannot read, with code 2", async () => {
    const files = {
      "syntax.mjs": "export const kernel = ;\n",
      "typed.mts": "export const kernel: = 1;\n",
      "missing.mjs": 'import "no-such-package";\n',
      "early.mjs": 'throw new RangeError("too early");\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { code, err, out } = await check(
      plugin("nothing"),
      join(folder, "none.ts"),
      ...Object.keys(files).map((name) => join(folder, name)),
    );
    expect(code).toBe(2);
    expect(out).toBe("");
    const said = err.split("\n").filter((line) => line.startsWith("paramat check: "));
    expect(said[0]).toContain(
      "nothing.ts exports no parameterization: answer is no parameterization; export a parameterization, `export const kernel",
    );
    expect(said[1]).toContain("there is no file");
    expect(said[2]).toMatch(/syntax\.mjs does not parse: /);
    expect(said[3]).toMatch(/typed\.mts does not parse: /);
    expect(said[4]).toMatch(/missing\.mjs imports what is not there: .*no-such-package/);
    expect(said[5]).toContain("early.mjs throws while it is loaded: RangeError: too early");
  });

  test("refuses a file that belongs to another copy of paramat, whose tapes would not see this one's arrays", async () => {
    const copy = join(folder, "node_modules/paramat");
    mkdirSync(copy, { recursive: true });
    writeFileSync(join(copy, "package.json"), JSON.stringify({ name: "paramat", type: "module", exports: "./index.js" }));
    writeFileSync(join(copy, "index.js"), "export const kernel = 1;\n");
    writeFileSync(join(folder, "other.mjs"), 'export { kernel } from "paramat";\n');
    const { code, err } = await check(join(folder, "other.mjs"));
    expect(code).toBe(2);
    expect(err).toContain("run the copy that belongs to the file: npx paramat check in its folder");
  });

  test.each([
    [[], "no file is given"],
    [["a.ts", "--seed", "x"], "--seed is x; it must be a whole number"],
    [["a.ts", "--examples", "0"], "--examples is 0; it must be a whole number ≥ 1"],
    [["a.ts", "--fast"], "Unknown option '--fast'"],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { code, err } = await run(["check", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
