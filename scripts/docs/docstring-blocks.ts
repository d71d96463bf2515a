import ts from "typescript";
import type { Block } from "./block.js";
import { markdownBlocks } from "./markdown-blocks.js";

/** The code after each `@example` in the docstrings of a source: its fenced blocks, or all of it where there is no fence. */
export function docstringBlocks(file: string, source: string): readonly Block[] {
  return docstrings(source).flatMap(({ start, text }) => {
    const line = source.slice(0, start).split("\n").length;
    return examples(text).flatMap((example): readonly Block[] => {
      const exampleLine = line + example.line;
      if (/^\s*(`{3,}|~{3,})/m.test(example.text)) return markdownBlocks(file, example.text, exampleLine);
      if (example.text.trim() === "") return [];
      return [{ file, line: exampleLine, language: "ts", text: example.text, mode: "run" }];
    });
  });
}

function docstrings(source: string): readonly { readonly start: number; readonly text: string }[] {
  const found = new Map<number, string>();
  const root = ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022, true);
  const visit = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []) {
      const text = source.slice(range.pos, range.end);
      if (text.startsWith("/**")) found.set(range.pos, text);
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  visit(root.endOfFileToken);
  return [...found].sort(([a], [b]) => a - b).map(([start, text]) => ({ start, text }));
}

/** Text of each `@example` and the number of lines before it in the comment; it ends at the next tag outside a fence. */
function examples(comment: string): readonly { readonly line: number; readonly text: string }[] {
  const lines = comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""));
  const found: { line: number; lines: string[] }[] = [];
  let inside = false;
  let fenced = false;
  for (const [i, line] of lines.entries()) {
    if (/^\s*(`{3,}|~{3,})/.test(line)) fenced = !fenced;
    const tag = fenced ? null : /^\s*@(\w+)\s?(.*)$/.exec(line);
    if (tag) inside = tag[1] === "example";
    if (tag && inside) found.push({ line: i, lines: [tag[2] ?? ""] });
    else if (inside) found[found.length - 1]?.lines.push(line);
  }
  return found.map((example) => ({ line: example.line, text: example.lines.join("\n").trimEnd() }));
}
