export { cosineForm, type StencilShape } from "./cosine-form.js";
export { directCost, fourierCost, type Path, type PathCosts } from "./path.js";
export { type PeriodicSizes, periodicConvolve } from "./periodic-convolve.js";
export { type PeriodicShape, periodicForm } from "./periodic-form.js";
