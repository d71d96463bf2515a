import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DocFailure } from "./block.js";

/** Relative links of a Markdown text that lead to no file. */
export function brokenLinks(root: string, file: string, text: string): readonly DocFailure[] {
  // Code is left out, its lines kept.
  const prose = text.replace(/^(\s*)(`{3,}|~{3,})[\s\S]*?^\s*\2\s*$/gm, (code) => code.replace(/[^\n]/g, "")).replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].flatMap((match): readonly DocFailure[] => {
    const target = (match[1] ?? "").replace(/^<|>$/g, "").split("#")[0] ?? "";
    if (target === "" || /^[a-z]+:/i.test(target) || existsSync(join(root, dirname(file), decodeURI(target)))) return [];
    return [{ file, line: prose.slice(0, match.index).split("\n").length, message: `links to ${target}, which is not there` }];
  });
}
