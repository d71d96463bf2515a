import type { Kernels } from "../program/run-call.js";
import type { Launch, Target } from "./kernel.js";
import { lowerArgmaxWindows, lowerMapArgmaxWindows } from "./lower-argmax-windows.js";
import { lowerContract } from "./lower-contract.js";
import { lowerConvolve } from "./lower-convolve.js";
import { lowerFft } from "./lower-fft.js";
import { lowerGather } from "./lower-gather.js";
import { lowerMap } from "./lower-map.js";
import { lowerPlace } from "./lower-place.js";
import { lowerRealFft } from "./lower-real-fft.js";
import { lowerRealFilter } from "./lower-real-filter.js";
import { lowerMapReduce, lowerReduce } from "./lower-reduce.js";
import { lowerScan } from "./lower-scan.js";
import { lowerScatterAdd } from "./lower-scatter-add.js";
import { lowerSparse } from "./lower-sparse.js";

/** Each kernel of a backend as what has to be run for it. */
export function lowerings(target: Target): Kernels<Launch> {
  return {
    map: (f, shape, inputs) => lowerMap(target, f, shape, inputs),
    place: (shape, parts) => lowerPlace(target, shape, parts),
    reduce: (kind, shape, axes, input) => lowerReduce(target, kind, shape, axes, input),
    scan: (outer, size, inner, reverse, input) => lowerScan(target, outer, size, inner, reverse, input),
    contract: (sizes, a, b) => lowerContract(target, sizes, a, b),
    convolve: (which, geometry, a, b) => lowerConvolve(target, which, geometry, a, b),
    sparse: (which, pattern, examples, a, b) => lowerSparse(target, which, pattern, examples, a, b),
    gather: (layout, input, index) => lowerGather(target, layout, input, index),
    scatterAdd: (layout, input, index) => lowerScatterAdd(target, layout, input, index),
    argmaxWindows: (geometry, input) => lowerArgmaxWindows(target, geometry, input),
    fft: (shape, axes, inverse, input) => lowerFft(target, shape, axes, inverse, input),
    fused: {
      mapReduce: (kind, f, shape, axes, inputs) => lowerMapReduce(target, kind, f, shape, axes, inputs),
      mapArgmaxWindows: (geometry, f, inputs) => lowerMapArgmaxWindows(target, geometry, f, inputs),
      realFft: (shape, axes, inverse, input) => lowerRealFft(target, shape, axes, inverse, input),
      realFilter: (shape, axes, conjugate, input, spectrum) => lowerRealFilter(target, shape, axes, conjugate, input, spectrum),
    },
  };
}
