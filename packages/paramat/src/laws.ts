export * from "@paramat/layers/laws";
export * from "@paramat/optim/laws";
export * from "@paramat/regularizers/laws";
