export type { PathCall, PathChoice } from "./by-path.js";
export { cosineForm, type StencilShape } from "./cosine-form.js";
export { type ExplainOptions, explain } from "./explain.js";
export { type CallPlace, directCost, fourierCost, type Path } from "./path.js";
export { type PeriodicSizes, periodicConvolve } from "./periodic-convolve.js";
export { type PeriodicShape, periodicForm } from "./periodic-form.js";
export { type DirectWork, directWork, type FourierWork, fourierWork } from "./work.js";
