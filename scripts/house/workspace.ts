import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { floors, programFloor, programFolders } from "./layout.js";
import { parseSourceFile, type SourceFile } from "./source-file.js";

/** What the rules read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package, or a folder of programs, with its files. */
export interface Room {
  /** Relative to the repository: `packages/core`, `examples`. */
  readonly folder: string;
  /** Folder name: `core`. */
  readonly name: string;
  /** NaN where `layout.ts` does not say. */
  readonly floor: number;
  readonly isPackage: boolean;
  readonly manifest: Manifest;
  /** Folders named in tsconfig.json's `references`, relative to the repository; empty for programs. */
  readonly projectReferences: readonly string[];
  readonly files: readonly SourceFile[];
}

export interface Workspace {
  readonly root: string;
  readonly manifest: Manifest;
  readonly rooms: readonly Room[];
}

/** Reads every package and program folder under `root`, parsing each .ts file once. */
export function readWorkspace(root: string): Workspace {
  const manifest = readJson<Manifest>(join(root, "package.json"));
  const packages = readdirSync(join(root, "packages"))
    .sort()
    .filter((name) => existsSync(join(root, "packages", name, "package.json")))
    .map((name) => readRoom(root, `packages/${name}`, name, floors[name] ?? Number.NaN, manifest));
  const programs = programFolders
    .filter((name) => existsSync(join(root, name)))
    .map((name) => readRoom(root, name, name, programFloor, manifest));
  return { root, manifest, rooms: [...packages, ...programs] };
}

function readRoom(root: string, folder: string, name: string, floor: number, rootManifest: Manifest): Room {
  const manifestPath = join(root, folder, "package.json");
  const manifest = existsSync(manifestPath) ? readJson<Manifest>(manifestPath) : rootManifest;
  const configPath = join(root, folder, "tsconfig.json");
  const isPackage = folder.startsWith("packages/");
  const references = isPackage && existsSync(configPath) ? readJson<{ references?: { path: string }[] }>(configPath).references : undefined;
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.m?ts$/.test(path) && !path.endsWith(".d.ts") && !/(^|\/)(node_modules|dist)\//.test(path))
    .sort()
    .map((path) => parseSourceFile(`${folder}/${path}`, readFileSync(join(root, folder, path), "utf8")));
  const projectReferences = (references ?? []).map((r) => join(folder, r.path));
  return { folder, name, floor, isPackage, manifest, projectReferences, files };
}

/** Sources are what is published; everything else in a package is tests and configuration. */
export function isSource(room: Room, path: string): boolean {
  return room.isPackage && path.startsWith(`${room.folder}/src/`);
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}
