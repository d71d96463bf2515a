import { defaultClientConditions, defineConfig } from "vite";

// Threads of WebAssembly share memory on pages that are isolated from other origins.
const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  // Straight from the packages' sources, so that nothing has to be built before.
  resolve: { conditions: ["paramat-source", ...defaultClientConditions] },
  server: { headers },
  preview: { headers },
  worker: { format: "es" },
  build: { target: "es2022", outDir: "dist", emptyOutDir: true },
});
