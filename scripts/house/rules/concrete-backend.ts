import { backendPackage, concreteBackends, face } from "../layout.js";
import { originOf, type Resolver } from "../resolve.js";
import type { Violation } from "../violation.js";
import { isSource, type Workspace } from "../workspace.js";

/** Only the face's sources, tests and programs name a concrete backend; every other source receives it inside its arrays. */
export function checkConcreteBackend(workspace: Workspace, resolver: Resolver): readonly Violation[] {
  return workspace.rooms
    .filter((room) => room.isPackage && room.name !== face && room.manifest.name !== backendPackage)
    .flatMap((room) =>
      room.files
        .filter((file) => isSource(room, file.path))
        .flatMap((file) =>
          file.references.flatMap(({ specifier, line, names }): readonly Violation[] => {
            const target = resolver.resolve(file.path, specifier);
            if (target.kind !== "workspace" || target.room.manifest.name !== backendPackage || target.path === undefined) return [];
            const entry = target.path;
            const concrete = names.filter((name) => name === "*" || concreteBackends.test(originOf(resolver, entry, name) ?? ""));
            return concrete.map((name) => ({
              rule: "concrete backend",
              file: file.path,
              line,
              message:
                name === "*"
                  ? `takes the whole of ${specifier}; name the types and Expr functions that are needed`
                  : `imports the backend ${name}; only packages/${face}, tests and programs choose one, the rest receive it in their arrays`,
            }));
          }),
        ),
    );
}
