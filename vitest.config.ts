import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["paramat-source"] },
  ssr: { resolve: { conditions: ["paramat-source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "examples/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/*.browser.test.ts"],
    testTimeout: 30_000,
    // Lint cannot say this: it takes any call of a function named `fit` for a focused test.
    allowOnly: false,
  },
});
