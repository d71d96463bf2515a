export { type BuiltOperatorLayer, hasOperator, type OperatorLayerOptions, operatorLayer } from "../layers/operator-layer.js";
export { type TiedOptions, tied } from "../operator/tied.js";
export { antisymmetricStencilConvolution } from "../parameterizations/antisymmetric-stencil-convolution.js";
export { type DepthwiseOptions, depthwiseConvolution } from "../parameterizations/depthwise-convolution.js";
export {
  type DepthwiseSeparableOptions,
  type DepthwiseSeparableParams,
  depthwiseSeparableConvolution,
} from "../parameterizations/depthwise-separable-convolution.js";
export {
  type DifferentialOperator,
  type DifferentialOptions,
  differentialConvolution,
} from "../parameterizations/differential-convolution.js";
export { doublySymmetricConvolution } from "../parameterizations/doubly-symmetric-convolution.js";
export { mMatrixStencilConvolution } from "../parameterizations/m-matrix-stencil-convolution.js";
export { type PointwiseOptions, pointwiseConvolution } from "../parameterizations/pointwise-convolution.js";
export { type SeparableParams, separableConvolution, separableStencil } from "../parameterizations/separable-convolution.js";
export { zeroSumStencilConvolution } from "../parameterizations/zero-sum-stencil-convolution.js";
export { betaFromStencil, stencilFromBeta } from "./beta.js";
export { differenceStencil } from "./difference-stencil.js";
export { type GalerkinFineOptions, galerkinCoarse, galerkinFine } from "./galerkin.js";
export { type Rediscretizable, type RediscretizeOptions, rediscretize } from "./rediscretize.js";
export { type RediscretizeNetworkOptions, rediscretizeNetwork } from "./rediscretize-network.js";
export { resampleDense } from "./resample-dense.js";
export { type StencilSpace, tiedConvolution } from "./tied-convolution.js";
