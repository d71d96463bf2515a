export * from "@paramat/data/node";
export * from "@paramat/optim/node";
