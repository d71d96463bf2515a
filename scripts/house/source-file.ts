import ts from "typescript";

/** One module named by a file, by `import`, `export … from`, `import()` or `import("…").T`. */
export interface ModuleReference {
  readonly specifier: string;
  readonly line: number;
  /** Names as the other module exports them; `*` is the whole of it. */
  readonly names: readonly string[];
}

/** A name this file passes on: `export { local as name } from specifier`; `export *` has name `*`. */
export interface Reexport {
  readonly name: string;
  readonly local: string;
  readonly specifier: string;
}

/** A place in a file and what stands there. */
export interface Finding {
  readonly line: number;
  readonly what: string;
}

/** What the rules need to know of one file; nothing is resolved. */
export interface SourceFile {
  readonly path: string;
  readonly numLines: number;
  readonly references: readonly ModuleReference[];
  readonly reexports: readonly Reexport[];
  /** Names declared and exported here. */
  readonly exportedNames: readonly string[];
  readonly defaultExports: readonly Finding[];
  /** Classes that extend anything but an error class. */
  readonly inheritance: readonly Finding[];
  /** `let` and `var` at the top of the module. */
  readonly mutableState: readonly Finding[];
  /** Uses of `Math.random`. */
  readonly ambientRandomness: readonly Finding[];
}

/** Everything the rules need of the file at `path` (relative to the repository), from its text alone. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const references: ModuleReference[] = [];
  const reexports: Reexport[] = [];
  const defaultExports: Finding[] = [];
  const inheritance: Finding[] = [];
  const mutableState: Finding[] = [];
  const ambientRandomness: Finding[] = [];

  const visit = (node: ts.Node): void => {
    const reference = referenceOf(node);
    if (reference) references.push({ ...reference, line: lineOf(node) });
    if (ts.isExportDeclaration(node)) reexports.push(...reexportsOf(node));
    if (isDefaultExport(node)) defaultExports.push({ line: lineOf(node), what: "default" });
    if (ts.isClassLike(node)) {
      const parent = parentClass(node);
      if (parent !== undefined && !parent.endsWith("Error")) inheritance.push({ line: lineOf(node), what: parent });
    }
    if (ts.isPropertyAccessExpression(node) && node.getText() === "Math.random") {
      ambientRandomness.push({ line: lineOf(node), what: "Math.random" });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);

  const exportedNames = source.statements.flatMap(declaredExports);
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Const) !== 0) continue;
    mutableState.push({ line: lineOf(statement), what: statement.declarationList.declarations.map((d) => d.name.getText()).join(", ") });
  }
  const numLines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return { path, numLines, references, reexports, exportedNames, defaultExports, inheritance, mutableState, ambientRandomness };
}

function referenceOf(node: ts.Node): Omit<ModuleReference, "line"> | undefined {
  if (ts.isImportDeclaration(node)) return { specifier: literal(node.moduleSpecifier) ?? "", names: importedNames(node) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { specifier: literal(node.moduleSpecifier) ?? "", names: reexportsOf(node).map((r) => r.local) };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const specifier = literal(node.arguments[0]);
    return specifier === undefined ? undefined : { specifier, names: ["*"] };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const specifier = literal(node.argument.literal);
    return specifier === undefined ? undefined : { specifier, names: [node.qualifier?.getText() ?? "*"] };
  }
  return undefined;
}

function importedNames(node: ts.ImportDeclaration): readonly string[] {
  const clause = node.importClause;
  if (!clause) return [];
  const names = clause.name ? ["default"] : [];
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) names.push("*");
  if (bindings && ts.isNamedImports(bindings)) names.push(...bindings.elements.map((e) => (e.propertyName ?? e.name).text));
  return names;
}

function reexportsOf(node: ts.ExportDeclaration): readonly Reexport[] {
  const specifier = literal(node.moduleSpecifier);
  if (specifier === undefined) return [];
  const clause = node.exportClause;
  if (!clause) return [{ name: "*", local: "*", specifier }];
  if (ts.isNamespaceExport(clause)) return [{ name: clause.name.text, local: "*", specifier }];
  return clause.elements.map((e) => ({ name: e.name.text, local: (e.propertyName ?? e.name).text, specifier }));
}

function declaredExports(statement: ts.Statement): readonly string[] {
  if (
    ts.isExportDeclaration(statement) &&
    !statement.moduleSpecifier &&
    statement.exportClause &&
    ts.isNamedExports(statement.exportClause)
  ) {
    return statement.exportClause.elements.map((e) => e.name.text);
  }
  const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((d) => d.name.getText());
  const name = (statement as ts.DeclarationStatement).name;
  return name ? [name.text] : [];
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === "default";
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) ?? false);
}

function parentClass(node: ts.ClassLikeDeclaration): string | undefined {
  return node.heritageClauses?.find((c) => c.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression.getText();
}

function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}
