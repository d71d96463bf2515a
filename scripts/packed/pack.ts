import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.js";

/** A tarball as `npm publish` would send it. */
export interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

/** Builds every package under `root` and packs those that are not private into `folder`. */
export async function pack(root: string, folder: string): Promise<readonly Tarball[]> {
  await command(root, "npm", ["run", "build"]);
  const names = readdirSync(join(root, "packages"))
    .map((name) => JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")) as { name: string; private?: boolean })
    .filter((manifest) => !manifest.private)
    .map((manifest) => manifest.name);
  const workspaces = names.flatMap((name) => ["-w", name]);
  const output = await command(root, "npm", ["pack", "--json", "--pack-destination", folder, ...workspaces]);
  const packed = JSON.parse(output) as { name: string; version: string; filename: string; files: { path: string }[] }[];
  return packed.map(({ name, version, filename, files }) => ({
    name,
    version,
    path: join(folder, filename),
    files: files.map((f) => f.path),
  }));
}
