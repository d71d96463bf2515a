import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["paramat-source"] },
  ssr: { resolve: { conditions: ["paramat-source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "examples/**/*.test.ts", "scripts/**/*.test.ts", "benchmarks/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/*.browser.test.ts"],
    setupFiles: ["./vitest.setup.ts"],
    // No module here keeps state, so files may share them: most of the time went into importing the same packages for each file anew.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    // Lint cannot say this: it takes any call of a function named `fit` for a focused test.
    allowOnly: false,
  },
});
