import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { build as buildPage, type Rolldown } from "vite";

/** What a browser fetches, in bytes. */
export interface Size {
  readonly name: string;
  readonly minified: number;
  readonly gzipped: number;
  /** What comes along from where it should not; empty if all is well. */
  readonly strays: readonly string[];
}

const x = `ndarray(backend, [1, 2, 3, 4], [1, 4])`;
const programs = [
  {
    name: "core + cpu + one layer",
    text: `import { cpu, dense, grad, ndarray, rng, sum } from "paramat";
const backend = cpu(); const layer = dense(3).build([4]);
document.title = String(grad((p) => sum(layer.forward(p, ${x}, { training: false })))(layer.init(rng(1), backend)).bias);`,
    without: /\/src\/wasm\/|\/src\/gpu\/|packages\/(optim|regularizers|data)\//,
  },
  {
    name: "the same, compiled",
    text: `import { compile, cpu, dense, grad, ndarray, rng, sum } from "paramat";
const backend = cpu(); const layer = dense(3).build([4]);
document.title = String(compile(grad((p) => sum(layer.forward(p, ${x}, { training: false }))))(layer.init(rng(1), backend)).bias);`,
    without: /\/src\/wasm\/|\/src\/gpu\/|packages\/(optim|regularizers|data)\//,
  },
  {
    name: "the same, on WebAssembly",
    text: `import { compile, dense, grad, ndarray, rng, sum, wasm } from "paramat";
const backend = wasm(); const layer = dense(3).build([4]);
document.title = String(compile(grad((p) => sum(layer.forward(p, ${x}, { training: false }))))(layer.init(rng(1), backend)).bias);`,
    without: /\/src\/gpu\/|packages\/(optim|regularizers|data)\//,
  },
] as const;

/** Programs that use a part of Paramat. */
export function programSizes(folder: string): Promise<readonly Size[]> {
  return Promise.all(
    programs.map(async ({ name, text, without }) => {
      const { outputFiles, metafile } = await build({
        stdin: { contents: text, resolveDir: folder, sourcefile: "program.ts", loader: "ts" },
        ...{ bundle: true, minify: true, platform: "browser", format: "esm", target: "es2022" },
        ...{ conditions: ["paramat-source"], write: false, metafile: true, logLevel: "silent" },
      });
      const inputs = Object.entries(Object.values(metafile.outputs)[0]!.inputs);
      const strays = inputs.filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && without.test(path)).map(([path]) => path);
      return sizeOf(name, outputFiles[0]!.contents, strays);
    }),
  );
}

/** The files of the training page: what is there at the start, its workers, and what the GPU adds when it is chosen. */
export async function pageSizes(root: string): Promise<readonly Size[]> {
  const built = (await buildPage({
    root,
    configFile: `${root}/vite.config.ts`,
    logLevel: "error",
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  const named = (pattern: RegExp) => built.output.filter(({ fileName }) => pattern.test(fileName));
  const textOf = (files: typeof built.output | ReturnType<typeof named>) =>
    files.map((file) => (file.type === "chunk" ? file.code : String(file.source))).join("\n");
  const start = textOf(named(/index.*\.(js|css|html)$/));
  return [
    sizeOf("the training page at the start", Buffer.from(start), /gpu\.js|createKernel/.test(start) ? ["gpu.js"] : []),
    sizeOf("its worker that trains", Buffer.from(textOf(named(/training-worker.*\.js$/)))),
    sizeOf("its worker that draws", Buffer.from(textOf(named(/(drawing-worker|src-).*\.js$/)))),
    sizeOf("gpu.js and its backend, when it is chosen", Buffer.from(textOf(named(/gpu.*\.js$/)))),
  ];
}

function sizeOf(name: string, bytes: Uint8Array, strays: readonly string[] = []): Size {
  return { name, minified: bytes.length, gzipped: gzipSync(bytes).length, strays };
}
