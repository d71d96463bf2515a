/** The floor of each package by its folder name under `packages/`; an import must go to a strictly lower floor. */
export const floors: Readonly<Record<string, number>> = {
  backends: 0,
  core: 1,
  layers: 2,
  regularizers: 3,
  optim: 3,
  data: 3,
  paramat: 4,
};

/** Programs stand on top of every package; nothing imports them. */
export const programFloor = 5;

/** Folders that hold programs, beside `packages/`. */
export const programFolders: readonly string[] = ["examples", "benchmarks", "scripts"];

/** The one package whose sources may import a concrete backend. */
export const face = "paramat";

/** The package that holds the backends, and its files whose exports are concrete backends. */
export const backendPackage = "@paramat/backends";
export const concreteBackends = /\/src\/(cpu|wasm|gpu)(\/|\.ts$)/;

/** A name that says nothing about what is inside. */
export const bannedName = /^(utils?|helpers?|common|misc|types)$/;

export const maxLines = 300;

/** Files that may be longer than `maxLines`, each with its reason. */
export const longFiles: Readonly<Record<string, string>> = {};
