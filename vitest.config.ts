import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["paramat-source"] },
  ssr: { resolve: { conditions: ["paramat-source"] } },
  test: { include: ["packages/*/test/**/*.test.ts", "examples/**/*.test.ts", "scripts/**/*.test.ts"], testTimeout: 30_000 },
});
