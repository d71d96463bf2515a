import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";

const root = join(import.meta.dirname, "../../../..");

/** A program for browsers: minified modules, of which `program.js` starts it and loads the others. */
export interface Bundle {
  /** Texts by file name. */
  readonly modules: ReadonlyMap<string, string>;
  /** Texts of what a page loads at the start; what is imported while it runs is left out. */
  readonly startup: string;
  /** Files that something in `startup` comes from, relative to the repository. */
  readonly sources: readonly string[];
}

/**
 * Bundles a module of TypeScript for browsers, with the packages taken from their sources.
 * @param program relative imports start from this folder
 * @throws Error if an import leads to one of Node's own modules, or nowhere
 */
export async function bundle(program: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, sourcefile: "program.ts", loader: "ts" },
    absWorkingDir: root,
    outdir: root,
    entryNames: "program",
    bundle: true,
    splitting: false,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    conditions: ["paramat-source"],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const modules = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const loaded = loadedBy("program.js", metafile);
  const inputs = loaded.flatMap((name) => Object.entries(metafile.outputs[name]?.inputs ?? {}));
  return {
    modules,
    startup: loaded.map((name) => modules.get(name)).join("\n"),
    sources: inputs.filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && !path.endsWith("/program.ts")).map(([path]) => path),
  };
}

/** A module and all that its import statements lead to. */
function loadedBy(start: string, { outputs }: Metafile): readonly string[] {
  const loaded = [start];
  for (const name of loaded) {
    const statements = outputs[name]?.imports.filter(({ kind }) => kind === "import-statement") ?? [];
    loaded.push(...statements.map(({ path }) => path).filter((path) => !loaded.includes(path)));
  }
  return loaded;
}
