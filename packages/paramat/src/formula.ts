export * from "@paramat/layers/formula";
