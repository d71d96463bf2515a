import { build } from "esbuild";

// The whole of Paramat as one module for pages without tools, beside the page that shows how to use it.
const folder = import.meta.dirname;
await build({
  stdin: { contents: `export * from "paramat";`, resolveDir: folder, sourcefile: "paramat.js" },
  outfile: `${folder}/dist/paramat.js`,
  bundle: true,
  minify: true,
  platform: "browser",
  format: "esm",
  target: "es2022",
  conditions: ["paramat-source"],
});
