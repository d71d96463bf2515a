import type { BackendLaw } from "./laws/backend-law.js";
import { buffersLaws } from "./laws/buffers.js";
import { contractLaws } from "./laws/contract.js";
import { convolveLaws } from "./laws/convolve.js";
import { fftLaws } from "./laws/fft.js";
import { fusedLaws } from "./laws/fused.js";
import { gatherLaws } from "./laws/gather.js";
import { mapLaws } from "./laws/map.js";
import { placeLaws } from "./laws/place.js";
import { realFftLaws } from "./laws/real-fft.js";
import { reduceLaws } from "./laws/reduce.js";
import { scanLaws } from "./laws/scan.js";
import { sparseLaws } from "./laws/sparse.js";
import { windowsLaws } from "./laws/windows.js";

export type { BackendLaw, LawOptions } from "./laws/backend-law.js";

/**
 * What every backend must satisfy: each kernel beside naive loops over drawn shapes and values, at the backend's own epsilon; kernels
 * repeat bit for bit and never change an input; transposes are adjoint; three contractions are one trilinear form.
 */
export const backendLaws: readonly BackendLaw[] = [
  ...buffersLaws,
  ...mapLaws,
  ...placeLaws,
  ...reduceLaws,
  ...scanLaws,
  ...contractLaws,
  ...convolveLaws,
  ...sparseLaws,
  ...gatherLaws,
  ...windowsLaws,
  ...fftLaws,
  ...fusedLaws,
  ...realFftLaws,
];
