import { isBuiltin } from "node:module";
import { posix } from "node:path";
import type { SourceFile } from "./source-file.js";
import type { Room, Workspace } from "./workspace.js";

/** Where a specifier leads. `path` is relative to the repository, absent where no file is there. */
export type Target =
  | { readonly kind: "relative"; readonly path: string | undefined; readonly wanted: string }
  | { readonly kind: "workspace"; readonly room: Room; readonly subpath: string; readonly path: string | undefined }
  | { readonly kind: "external"; readonly name: string }
  | { readonly kind: "builtin" };

/** Resolves specifiers as the `paramat-source` condition does: to sources, with nothing built. */
export interface Resolver {
  resolve(from: string, specifier: string): Target;
  file(path: string): SourceFile | undefined;
  room(path: string): Room | undefined;
}

export function createResolver(workspace: Workspace): Resolver {
  const files = new Map(workspace.rooms.flatMap((room) => room.files.map((file) => [file.path, file] as const)));
  const roomOfFile = new Map(workspace.rooms.flatMap((room) => room.files.map((file) => [file.path, room] as const)));
  const packages = new Map(workspace.rooms.filter((r) => r.isPackage).map((room) => [room.manifest.name, room]));

  function resolve(from: string, specifier: string): Target {
    if (specifier.startsWith(".")) {
      const wanted = posix.join(posix.dirname(from), specifier);
      const candidates = [wanted.replace(/\.(m?)js$/, ".$1ts"), wanted, `${wanted}.ts`, `${wanted}/index.ts`];
      return { kind: "relative", path: candidates.find((c) => files.has(c)), wanted };
    }
    if (isBuiltin(specifier)) return { kind: "builtin" };
    const name = packageName(specifier);
    const room = packages.get(name);
    if (!room) return { kind: "external", name };
    const subpath = `.${specifier.slice(name.length)}`;
    const source = room.manifest.exports?.[subpath]?.["paramat-source"];
    return { kind: "workspace", room, subpath, path: source === undefined ? undefined : posix.join(room.folder, source) };
  }

  return { resolve, file: (path) => files.get(path), room: (path) => roomOfFile.get(path) };
}

/** The file where `name`, exported by `path`, comes from, through any chain of re-exports; undefined if nothing there exports it by name. */
export function originOf(resolver: Resolver, path: string, name: string, seen: ReadonlySet<string> = new Set()): string | undefined {
  const file = resolver.file(path);
  if (!file || seen.has(path)) return undefined;
  const next = (specifier: string): string | undefined => {
    const target = resolver.resolve(path, specifier);
    return target.kind === "relative" || target.kind === "workspace" ? target.path : undefined;
  };
  const exact = file.reexports.find((r) => r.name === name);
  if (exact) {
    const to = next(exact.specifier);
    return to === undefined || exact.local === "*" ? to : originOf(resolver, to, exact.local, new Set([...seen, path]));
  }
  if (file.exportedNames.includes(name)) {
    const imported = file.references.find((r) => r.names.includes(name));
    const from = imported && next(imported.specifier);
    return from === undefined ? path : originOf(resolver, from, name, new Set([...seen, path]));
  }
  for (const star of file.reexports.filter((r) => r.name === "*")) {
    const to = next(star.specifier);
    const origin = to === undefined ? undefined : originOf(resolver, to, name, new Set([...seen, path]));
    if (origin !== undefined) return origin;
  }
  return undefined;
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
