export * from "@paramat/layers/mathjs";
