import { basename } from "node:path";
import { bannedName, longFiles, maxLines } from "../layout.js";
import type { SourceFile } from "../source-file.js";
import type { Violation } from "../violation.js";
import { isSource, type Workspace } from "../workspace.js";

/** Each file by itself: its name and length, no default export, no inheritance, no mutable module state, no Math.random. */
export function checkFiles(workspace: Workspace, allowedLong: Readonly<Record<string, string>> = longFiles): readonly Violation[] {
  const files = workspace.rooms.flatMap((room) => room.files.map((file) => ({ file, source: isSource(room, file.path) })));
  const stale = Object.keys(allowedLong)
    .filter((path) => (files.find(({ file }) => file.path === path)?.file.numLines ?? 0) <= maxLines)
    .map((path) => ({
      rule: "length",
      file: path,
      message: `is allowed to be long and is not; take it off the list in scripts/house/layout.ts`,
    }));
  return [...stale, ...files.flatMap(({ file, source }) => [...everywhere(file, allowedLong), ...(source ? inSources(file) : [])])];
}

function everywhere(file: SourceFile, allowedLong: Readonly<Record<string, string>>): readonly Violation[] {
  const found: Violation[] = [];
  const { path } = file;
  if (file.numLines > maxLines && allowedLong[path] === undefined) {
    found.push({
      rule: "length",
      file: path,
      message: `${file.numLines} lines; past ${maxLines} there is a second idea: move it to a file of its own`,
    });
  }
  for (const part of path.split("/").map((p) => p.replace(/(\.test)?\.m?ts$/, ""))) {
    if (bannedName.test(part)) found.push({ rule: "name", file: path, message: `"${part}" says nothing; name it for what is inside` });
  }
  if (!/\.config\.m?ts$/.test(basename(path))) {
    found.push(
      ...file.defaultExports.map(({ line }) => ({ rule: "default export", file: path, line, message: "export it by its name instead" })),
    );
  }
  return found;
}

function inSources(file: SourceFile): readonly Violation[] {
  const at = (rule: string, findings: SourceFile["inheritance"], message: (what: string) => string): readonly Violation[] =>
    findings.map(({ line, what }) => ({ rule, file: file.path, line, message: message(what) }));
  return [
    ...at("inheritance", file.inheritance, (what) => `extends ${what}; only errors extend: take it as an argument or a field and wrap it`),
    ...at("module state", file.mutableState, (what) => `${what} can change and outlives every call; pass it in, or make it in a factory`),
    ...at("randomness", file.ambientRandomness, (what) => `${what} has no seed; take an Rng`),
  ];
}
