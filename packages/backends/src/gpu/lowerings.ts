import type { Buffer } from "../backend.js";
import type { Kernels } from "../program/run-call.js";
import type { Device } from "./launch.js";
import { lowerArgmaxWindows, lowerMapArgmaxWindows } from "./lower-argmax-windows.js";
import { lowerContract } from "./lower-contract.js";
import { lowerConvolve } from "./lower-convolve.js";
import { lowerFft } from "./lower-fft.js";
import { lowerGather } from "./lower-gather.js";
import { lowerMap } from "./lower-map.js";
import { lowerPlace } from "./lower-place.js";
import { lowerRealFft, lowerRealFilter } from "./lower-real-fft.js";
import { lowerMapReduce, lowerReduce } from "./lower-reduce.js";
import { lowerScan } from "./lower-scan.js";
import { lowerScatterAdd } from "./lower-scatter-add.js";
import { lowerSparse } from "./lower-sparse.js";

/** Each kernel of a backend as launches, run at once. Positions come back as what `asIndex` makes of them, which goes for a buffer here. */
export function lowerings(device: Device): Kernels<Buffer> {
  const positions = (index: unknown): Buffer => index as Buffer;
  return {
    map: (f, shape, inputs) => lowerMap(device, f, shape, inputs),
    place: (shape, parts) => lowerPlace(device, shape, parts),
    reduce: (kind, shape, axes, input) => lowerReduce(device, kind, shape, axes, input),
    scan: (outer, size, inner, reverse, input) => lowerScan(device, outer, size, inner, reverse, input),
    contract: (sizes, a, b) => lowerContract(device, sizes, a, b),
    convolve: (which, geometry, a, b) => lowerConvolve(device, which, geometry, a, b),
    sparse: (which, pattern, examples, a, b) => lowerSparse(device, which, pattern, examples, a, b),
    gather: (layout, input, index) => lowerGather(device, layout, input, index),
    scatterAdd: (layout, input, index) => lowerScatterAdd(device, layout, input, index),
    argmaxWindows: (geometry, input) => positions(lowerArgmaxWindows(device, geometry, input)),
    fft: (shape, axes, inverse, input) => lowerFft(device, shape, axes, inverse, input),
    fused: {
      mapReduce: (kind, f, shape, axes, inputs) => lowerMapReduce(device, kind, f, shape, axes, inputs),
      mapArgmaxWindows: (geometry, f, inputs) => positions(lowerMapArgmaxWindows(device, geometry, f, inputs)),
      realFft: (shape, axes, inverse, input) => lowerRealFft(device, shape, axes, inverse, input),
      realFilter: (shape, axes, conjugate, input, spectrum) => lowerRealFilter(device, shape, axes, conjugate, input, spectrum),
    },
  };
}
