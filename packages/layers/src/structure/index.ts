export { applyBlocks, applyBlocksTranspose } from "./apply-blocks.js";
export type { BlockForm } from "./block-form.js";
export { denseForm } from "./dense-form.js";
export { fourierForm } from "./fourier-form.js";
export { identityForm } from "./identity-form.js";
export { type OrthogonalFormOptions, orthogonalForm } from "./orthogonal-form.js";
