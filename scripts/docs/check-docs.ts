import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Block, DocFailure } from "./block.js";
import { docFiles } from "./doc-files.js";
import { docstringBlocks } from "./docstring-blocks.js";
import { type Execution, execute } from "./execute.js";
import { instrument } from "./instrument.js";
import { brokenLinks } from "./links.js";
import { markdownBlocks } from "./markdown-blocks.js";
import { missingScripts } from "./shell-blocks.js";
import { typeCheck } from "./type-check.js";

export interface DocsOptions {
  /** Only files whose path begins with one of these; all where empty. */
  readonly only?: readonly string[];
  /** Folder inside the repository for the blocks as files; emptied first, removed after. */
  readonly folder: string;
}

/** Everything the documentation under `root` says that is not so: types, claims, errors, scripts, links and parts of files. */
export async function checkDocs(
  root: string,
  options: DocsOptions,
): Promise<{ readonly numBlocks: number; readonly failures: readonly DocFailure[] }> {
  const only = options.only ?? [];
  const wanted = (path: string): boolean => only.length === 0 || only.some((prefix) => path.startsWith(prefix));
  const { markdown, sources } = docFiles(root);
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const pages = markdown.filter(wanted).map((file) => ({ file, text: read(file) }));
  const blocks = [
    ...pages.flatMap(({ file, text }) => markdownBlocks(file, text)),
    ...sources.filter(wanted).flatMap((file) => docstringBlocks(file, read(file))),
  ];
  const scripts = (JSON.parse(read("package.json")) as { scripts?: Record<string, string> }).scripts ?? {};
  const failures: DocFailure[] = [
    ...pages.flatMap(({ file, text }) => brokenLinks(root, file, text)),
    ...blocks.flatMap((block) => (block.language === "sh" ? missingScripts(block, scripts) : [])),
    ...blocks.flatMap((block) => (block.partOf === undefined ? [] : notPartOf(root, block, block.partOf))),
  ];
  const code = blocks.filter((block) => block.language !== "sh" && block.partOf === undefined);
  failures.push(...(await checkCode(root, code, options.folder)));
  failures.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return { numBlocks: blocks.length, failures };
}

async function checkCode(root: string, blocks: readonly Block[], folder: string): Promise<readonly DocFailure[]> {
  if (blocks.length === 0) return [];
  rmSync(folder, { recursive: true, force: true });
  for (const part of ["types", "run", "cwd"]) mkdirSync(join(folder, part), { recursive: true });
  const failures: DocFailure[] = [];
  const executions: Execution[] = [];
  const add = (block: Block, line: number, message: string): void =>
    void failures.push({ file: block.file, line: block.line + line - 1, message });

  for (const [i, block] of blocks.entries()) {
    if (block.language === "ts") writeFileSync(join(folder, "types", `${i}.ts`), `${block.text}\nexport {};\n`);
    if (block.mode === "no-run") continue;
    const { code, loose } = instrument(block.text, new URL("expectations.ts", import.meta.url).href);
    for (const line of loose)
      add(block, line, "makes a claim that stands behind no expression; put it on the line where the statement ends");
    const path = join(folder, "run", `${i}.${block.language === "ts" ? "ts" : "mjs"}`);
    writeFileSync(path, code);
    executions.push({ path, report: (found) => found.forEach((f) => add(block, f.line, f.message)) });
  }
  const [typeFailures] = await Promise.all([
    typeCheck(root, join(folder, "types"), writeFileSync),
    execute(executions, join(folder, "cwd")),
  ]);
  for (const { name, line, message } of typeFailures) {
    const block = blocks[Number.parseInt(name, 10)];
    if (block) add(block, line, message);
  }
  rmSync(folder, { recursive: true, force: true });
  return failures;
}

function notPartOf(root: string, block: Block, path: string): readonly DocFailure[] {
  const is = existsSync(join(root, path)) && readFileSync(join(root, path), "utf8").includes(block.text.trim());
  return is ? [] : [{ file: block.file, line: block.line, message: `says it is part of ${path}, and is not` }];
}
