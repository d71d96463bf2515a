import { createResolver } from "./resolve.js";
import { checkCircles } from "./rules/circles.js";
import { checkConcreteBackend } from "./rules/concrete-backend.js";
import { checkDependencies } from "./rules/dependencies.js";
import { checkFiles } from "./rules/files.js";
import { checkFloors } from "./rules/floors.js";
import { checkLicence } from "./rules/licence.js";
import type { Violation } from "./violation.js";
import { readWorkspace } from "./workspace.js";

/** Every breach of the rules of the house in the repository at `root`, and how many files were read. */
export function inspect(root: string): { readonly numFiles: number; readonly violations: readonly Violation[] } {
  const workspace = readWorkspace(root);
  const resolver = createResolver(workspace);
  const violations = [
    ...checkFloors(workspace, resolver),
    ...checkCircles(workspace, resolver),
    ...checkDependencies(workspace, resolver),
    ...checkConcreteBackend(workspace, resolver),
    ...checkFiles(workspace),
    ...checkLicence(workspace),
  ];
  return { numFiles: workspace.rooms.reduce((n, room) => n + room.files.length, 0), violations };
}
