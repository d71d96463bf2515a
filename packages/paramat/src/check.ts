export * from "@paramat/core/check";
