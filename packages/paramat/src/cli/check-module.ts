import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { LawError, NotLinearError, ShapeError } from "@paramat/core";

/** What a module exports, or why it could not be asked. */
export type LoadedModule =
  | { readonly exports: Readonly<Record<string, unknown>> }
  /** `wrong`: a parameterization refused what it was given while it was made; otherwise the module was not understood. */
  | { readonly problem: string; readonly wrong: boolean };

/** Imports the module at `file`, in TypeScript too where this Node, or tsx beside the file, can read it. */
export async function loadModule(file: string): Promise<LoadedModule> {
  const path = resolve(file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    return misunderstood(`there is no file ${file}; give the path of a module that exports a parameterization`);
  }
  const copy = otherCopy(path);
  if (copy) return misunderstood(copy);
  try {
    return { exports: await importFile(path) };
  } catch (error) {
    return explain(file, error);
  }
}

async function importFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (/\.[cm]?tsx?$/.test(path) && !readsTypeScript()) await registerTsx(path);
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
}

/** Newer Node strips types by itself; older ones read TypeScript when they were started with tsx. */
function readsTypeScript(): boolean {
  const { typescript } = process.features as { readonly typescript?: unknown };
  return Boolean(typescript) || [...process.execArgv, process.env.NODE_OPTIONS ?? ""].some((option) => option.includes("tsx"));
}

/** Lets Node read TypeScript through tsx, if the file's folder has it; it must be there before a first try, which Node remembers. It is registered for all modules, so that the file gets this copy of paramat. */
async function registerTsx(path: string): Promise<void> {
  const manifest = resolveFrom(path, "tsx/package.json");
  if (manifest === null) return;
  const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as TsxManifest;
  const api = exports["./esm/api"]?.import?.default;
  if (api === undefined) return;
  const { register } = (await import(new URL(api, pathToFileURL(manifest)).href)) as { readonly register: () => unknown };
  register();
}

/** `require` resolves like `import` but for conditions, which is why tsx is found by its manifest. */
function resolveFrom(path: string, specifier: string): string | null {
  try {
    return createRequire(path).resolve(specifier);
  } catch {
    return null;
  }
}

interface TsxManifest {
  readonly exports: { readonly "./esm/api"?: { readonly import?: { readonly default?: string } } };
}

/** Tapes know only the arrays of their own copy of paramat, so two copies would make right gradients look wrong. */
function otherCopy(path: string): string | null {
  const theirs = resolveFrom(path, "paramat");
  // A file that imports no paramat is fine; one that fails to says so itself.
  if (theirs === null) return null;
  const own = realpathSync(fileURLToPath(new URL("../..", import.meta.url)));
  if (!relative(own, realpathSync(theirs)).startsWith("..")) return null;
  return `the file imports paramat from ${theirs}, this command is of ${own}; run the copy that belongs to the file: npx paramat check in its folder`;
}

function explain(file: string, error: unknown): LoadedModule {
  const message = error instanceof Error ? error.message : String(error);
  const name = error instanceof Error ? error.name : "Error";
  if (error instanceof NotLinearError || error instanceof LawError || error instanceof ShapeError) {
    return { problem: `${file}: ${name}: ${message}`, wrong: true };
  }
  const code = codeOf(error);
  if (code === "ERR_UNKNOWN_FILE_EXTENSION" || code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
    return misunderstood(
      `Node ${process.version} cannot read ${file} (${message}); install tsx beside it (npm install -D tsx), use Node 22.18 or newer, or compile it to .js first`,
    );
  }
  if (code?.startsWith("ERR_REQUIRE_")) {
    return misunderstood(
      `Node takes ${file} for CommonJS; put "type": "module" into the package.json of its folder, or name it .mts (.mjs)`,
    );
  }
  if (code === "ERR_MODULE_NOT_FOUND") return misunderstood(`${file} imports what is not there: ${message}; npm install it in that folder`);
  if (error instanceof SyntaxError || name === "TransformError")
    return misunderstood(`${file} does not parse: ${message}${placeOf(file, message)}`);
  return misunderstood(`${file} throws while it is loaded: ${name}: ${message}; a module to check must only export`);
}

/** Node names the line of a syntax error only where it prints one. */
function placeOf(file: string, message: string): string {
  const { stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
  const [place = "", line = ""] = stderr.split("\n");
  return stderr.includes(message) && /:\d+$/.test(place) ? ` (line ${place.replace(/^.*:/, "")}: ${line.trim()})` : "";
}

function misunderstood(problem: string): LoadedModule {
  return { problem, wrong: false };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
