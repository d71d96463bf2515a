export type { Contractions } from "./checked-contractions.js";
export type { Declared } from "./declared.js";
export { type ContractionsDefinition, fromContractions } from "./from-contractions.js";
export { type EntriesDefinition, type EntryFormula, fromEntries } from "./from-entries.js";
export { type FunctionDefinition, fromFunction } from "./from-function.js";
export { type EntryTerms, type ExplicitParameterization, hasEntries, type MatrixEntries, type MatrixEntry } from "./matrix-entries.js";
