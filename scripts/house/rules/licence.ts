import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Violation } from "../violation.js";
import type { Workspace } from "../workspace.js";

/** Every package carries the repository's LICENSE, since npm packs only what lies in the package's own folder. */
export function checkLicence(workspace: Workspace): readonly Violation[] {
  const text = readFileSync(join(workspace.root, "LICENSE"), "utf8");
  return workspace.rooms
    .filter((room) => room.isPackage)
    .map((room) => `${room.folder}/LICENSE`)
    .filter((path) => !existsSync(join(workspace.root, path)) || readFileSync(join(workspace.root, path), "utf8") !== text)
    .map((path) => ({ rule: "licence", file: path, message: `is not a copy of LICENSE; cp LICENSE ${path}` }));
}
