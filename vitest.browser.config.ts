import { configDefaults, defineConfig } from "vitest/config";

// Tests that start Chromium, `npm run test:browser`; one at a time, since each has a browser to itself.
export default defineConfig({
  resolve: { conditions: ["paramat-source"] },
  ssr: { resolve: { conditions: ["paramat-source"] } },
  test: {
    include: ["packages/*/test/**/*.browser.test.ts"],
    exclude: configDefaults.exclude,
    testTimeout: 120_000,
    fileParallelism: false,
    allowOnly: false,
  },
});
