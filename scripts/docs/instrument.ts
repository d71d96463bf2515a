import ts from "typescript";

/** A claim in a comment: `// → value`, `// => value` or `// throws: part of the message`. */
interface Claim {
  readonly kind: "value" | "throws";
  readonly expected: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The block with its claims turned into calls of `expectations()`, every line where it was; claims that stand on no statement are `loose`. */
export function instrument(text: string, expectationsUrl: string): { readonly code: string; readonly loose: readonly number[] } {
  const source = ts.createSourceFile("block.ts", text, ts.ScriptTarget.ES2022, true);
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const edits: Edit[] = [];
  const attached = new Set<number>();

  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) && !ts.isBlock(node)) {
      const comment = claimAfter(text, node.end);
      const edit = comment && rewrite(node, comment.claim, lineAt(node.getStart()));
      if (comment && edit) {
        edits.push(edit);
        attached.add(lineAt(comment.position));
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);

  const loose = text.split("\n").flatMap((line, i) => (/\/\/\s*(→|=>|throws:)/.test(line) && !attached.has(i + 1) ? [i + 1] : []));
  const body = edits.reduceRight((code, e) => code.slice(0, e.start) + e.text + code.slice(e.end), text);
  const head = `import { expectations as __expectations } from ${JSON.stringify(expectationsUrl)}; const __claims = __expectations(); export const __failures = __claims.failures; `;
  return { code: `${head}${body}\n`, loose };
}

function rewrite(node: ts.Statement, claim: Claim, line: number): Edit | undefined {
  const expected = JSON.stringify(claim.expected);
  if (claim.kind === "throws") {
    return {
      start: node.getStart(),
      end: node.end,
      text: `await __claims.throws(${line}, async () => { ${node.getText()} }, ${expected});`,
    };
  }
  if (ts.isExpressionStatement(node)) {
    return { start: node.getStart(), end: node.end, text: `__claims.value(${line}, ${expected}, ${printed(node.expression)});` };
  }
  const name = ts.isVariableStatement(node) ? node.declarationList.declarations.at(-1)?.name : undefined;
  if (!name || !ts.isIdentifier(name)) return undefined;
  return { start: node.end, end: node.end, text: ` __claims.value(${line}, ${expected}, ${name.text});` };
}

/** What a reader sees: the value itself, or what `console.log` is given. */
function printed(expression: ts.Expression): string {
  if (ts.isCallExpression(expression) && expression.expression.getText() === "console.log") {
    return expression.arguments.map((a) => a.getText()).join(", ");
  }
  return `(${expression.getText()})`;
}

/** The claim on the line where a statement ends; comment lines below it that are indented by two or more go on with it. */
function claimAfter(text: string, end: number): { readonly claim: Claim; readonly position: number } | undefined {
  const comment = ts.getTrailingCommentRanges(text, end)?.find((c) => c.kind === ts.SyntaxKind.SingleLineCommentTrivia);
  const match = comment && /^\/\/\s*(→|=>|throws:)\s*(.*)$/.exec(text.slice(comment.pos, comment.end));
  if (!comment || !match) return undefined;
  const [, mark, first = ""] = match;
  const more: string[] = [];
  for (const line of text.slice(comment.end + 1).split("\n")) {
    const next = /^\s*\/\/\s{2,}(.*)$/.exec(line);
    if (!next) break;
    more.push(next[1] ?? "");
  }
  return { claim: { kind: mark === "throws:" ? "throws" : "value", expected: [first, ...more].join("\n").trim() }, position: comment.pos };
}
