import type { Resolver } from "../resolve.js";
import type { Violation } from "../violation.js";
import { isSource, type Room, type Workspace } from "../workspace.js";

/** package.json says what is imported: nothing missing, nothing unused, internal versions exact, and tsconfig.json's references the same. */
export function checkDependencies(workspace: Workspace, resolver: Resolver): readonly Violation[] {
  const versions = new Map(workspace.rooms.filter((r) => r.isPackage).map((r) => [r.manifest.name, r]));
  return workspace.rooms.flatMap((room) => [
    ...missing(workspace, resolver, room),
    ...(room.isPackage ? unused(resolver, room) : []),
    ...internal(versions, room),
  ]);
}

function missing(workspace: Workspace, resolver: Resolver, room: Room): readonly Violation[] {
  const shipped = { ...room.manifest.dependencies, ...room.manifest.peerDependencies };
  const anywhere = { ...shipped, ...room.manifest.devDependencies, ...workspace.manifest.devDependencies };
  return room.files.flatMap((file) =>
    file.references.flatMap(({ specifier, line }): readonly Violation[] => {
      const target = resolver.resolve(file.path, specifier);
      // Tests and programs of the repository reach every workspace package through npm's links.
      if (target.kind === "workspace" && (target.room === room || !isSource(room, file.path))) return [];
      const name = target.kind === "external" ? target.name : target.kind === "workspace" ? target.room.manifest.name : undefined;
      const declared = isSource(room, file.path) ? shipped : anywhere;
      if (name === undefined || name in declared) return [];
      const reason = target.kind === "external" ? ", with its reason in docs/dependencies.md" : "";
      const message = `${name} is not in the dependencies of ${room.folder}/package.json; add it there${reason}`;
      return [{ rule: "dependencies", file: file.path, line, message }];
    }),
  );
}

function unused(resolver: Resolver, room: Room): readonly Violation[] {
  const imported = new Set(
    room.files
      .filter((file) => isSource(room, file.path))
      .flatMap((file) => file.references.map((r) => resolver.resolve(file.path, r.specifier)))
      .map((t) => (t.kind === "external" ? t.name : t.kind === "workspace" ? t.room.manifest.name : "")),
  );
  return Object.keys({ ...room.manifest.dependencies, ...room.manifest.peerDependencies })
    .filter((name) => !imported.has(name))
    .map((name) => ({
      rule: "dependencies",
      file: `${room.folder}/package.json`,
      message: `${name} is declared and no source imports it; remove it`,
    }));
}

function internal(packages: ReadonlyMap<string, Room>, room: Room): readonly Violation[] {
  const declared = Object.entries(room.manifest.dependencies ?? {}).flatMap(([name, range]) => {
    const to = packages.get(name);
    return to ? [{ to, name, range }] : [];
  });
  const wrong = declared
    .filter(({ to, range }) => range !== to.manifest.version)
    .map(({ to, name, range }) => ({
      rule: "dependencies",
      file: `${room.folder}/package.json`,
      message: `${name} is asked for as ${range}; packages are released together, so it must be ${to.manifest.version}`,
    }));
  if (!room.isPackage) return wrong;
  const folders = declared.map(({ to }) => to.folder).sort();
  const references = [...room.projectReferences].sort();
  if (folders.join() === references.join()) return wrong;
  const message = `references are [${references.join(", ")}]; package.json's dependencies make them [${folders.join(", ")}]`;
  return [...wrong, { rule: "dependencies", file: `${room.folder}/tsconfig.json`, message }];
}
