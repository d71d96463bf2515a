export * from "@paramat/layers/laws";
