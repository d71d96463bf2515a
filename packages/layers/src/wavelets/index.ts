export { daubechies, haar, type WaveletFamily } from "./family.js";
export { type WaveletOptions, wavelet } from "./wavelet.js";
