import type { Resolver } from "../resolve.js";
import type { Violation } from "../violation.js";
import type { Workspace } from "../workspace.js";

/** floor(imported) < floor(importer), for sources and tests; a relative path stays inside its package and ends in `.js`; a subpath is one the package exports. */
export function checkFloors(workspace: Workspace, resolver: Resolver): readonly Violation[] {
  return workspace.rooms.flatMap((room) => {
    if (Number.isNaN(room.floor)) {
      return [
        {
          rule: "floors",
          file: room.folder,
          message: `no floor is given for ${room.manifest.name}; give it one in scripts/house/layout.ts`,
        },
      ];
    }
    return room.files.flatMap((file) =>
      file.references.flatMap(({ specifier, line }): readonly Violation[] => {
        const target = resolver.resolve(file.path, specifier);
        const breach = (rule: string, message: string): readonly Violation[] => [{ rule, file: file.path, line, message }];
        if (target.kind === "relative") {
          if (!`${target.wanted}/`.startsWith(`${room.folder}/`)) {
            return breach("deep import", `${specifier} leaves ${room.folder}; import another package by its name`);
          }
          return /\.(m?js|json)$/.test(specifier)
            ? []
            : breach("extension", `${specifier} has no extension; published modules need ${specifier}.js`);
        }
        if (target.kind !== "workspace") return [];
        const name = target.room.manifest.name;
        if (target.path === undefined) {
          const offered = Object.keys(target.room.manifest.exports ?? {}).join(", ");
          return breach("deep import", `${name} does not export ${target.subpath}; its package.json exports ${offered || "nothing"}`);
        }
        if (target.room === room) {
          if (!file.path.startsWith(`${room.folder}/src/`)) return [];
          return breach("floors", `${name} imports itself by name; use a relative path`);
        }
        if (target.room.floor < room.floor) return [];
        return breach(
          "floors",
          `${room.name} (floor ${room.floor}) imports ${name} (floor ${target.room.floor}); imports go to lower floors only`,
        );
      }),
    );
  });
}
