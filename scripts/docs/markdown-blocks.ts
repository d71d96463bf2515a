import { type Block, blockFromInfo } from "./block.js";

/** The fenced blocks of a Markdown text in a language that is checked; `firstLine` is the number of the text's first line. */
export function markdownBlocks(file: string, text: string, firstLine = 1): readonly Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const open = /^(\s*)(`{3,}|~{3,})\s*([^`]*)$/.exec(lines[i] ?? "");
    if (!open) continue;
    const [, indent = "", fence = "", info = ""] = open;
    const start = i + 1;
    const closes = (line: string): boolean => line.trim().startsWith(fence) && /^([`~])\1*$/.test(line.trim());
    for (i = start; i < lines.length && !closes(lines[i] ?? ""); i++);
    const code = lines.slice(start, i).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
    const block = blockFromInfo(info, file, firstLine + start, code.join("\n"));
    if (block) blocks.push(block);
  }
  return blocks;
}
