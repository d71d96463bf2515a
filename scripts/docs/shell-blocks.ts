import type { Block, DocFailure } from "./block.js";

/** `npm run x`, `npm test` and `npm start` in a shell block whose script package.json does not have. */
export function missingScripts(block: Block, scripts: Readonly<Record<string, string>>): readonly DocFailure[] {
  return block.text.split("\n").flatMap((text, i) =>
    [...text.matchAll(/\bnpm (?:run (?:-\S+ )*([\w:.-]+)|(test|start)\b)/g)]
      .map((match) => match[1] ?? match[2] ?? "")
      .filter((name) => !(name in scripts))
      .map((name) => ({ file: block.file, line: block.line + i, message: `names the script ${name}, which package.json does not have` })),
  );
}
