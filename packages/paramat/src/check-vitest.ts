export * from "@paramat/core/check/vitest";
