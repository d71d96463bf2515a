import type { Backend, Precision } from "./backend.js";
import { createContract } from "./cpu/contract.js";
import { createConvolve } from "./cpu/convolve.js";
import { createFft } from "./cpu/fft.js";
import { createGather, createScatterAdd } from "./cpu/gather.js";
import { createMap } from "./cpu/map.js";
import { createMultiply } from "./cpu/multiply.js";
import { createPlace } from "./cpu/place.js";
import { createReduce } from "./cpu/reduce.js";
import { createScan } from "./cpu/scan.js";
import { createSparse } from "./cpu/sparse.js";
import { createStorage, floatsOf, indexBuffer } from "./cpu/storage.js";
import { createArgmaxWindows } from "./cpu/windows.js";

/**
 * The reference backend: every kernel in plain TypeScript over typed arrays, the same on every platform.
 * @param precision of the buffers; sums, products and transforms are carried in float64 either way and rounded once, at the store
 * @throws RangeError for any other precision
 * @remarks Every call with one precision gives the same backend, so arrays made in different places go together. Its compiled formulas and working
 * memory are shared too. Buffers are garbage collected: `scope` only runs its body.
 */
export function cpu(precision: Precision = "float64"): Backend {
  if (precision === "float64") return cpuFloat64;
  if (precision === "float32") return cpuFloat32;
  throw new RangeError(`cpu: precision is ${String(precision)}; it must be "float64" or "float32"`);
}

function createCpu(precision: Precision): Backend {
  const storage = createStorage(precision);
  const multiply = createMultiply(storage);
  return {
    name: `cpu-${precision}`,
    precision,
    epsilon: precision === "float64" ? 2 ** -52 : 2 ** -23,
    upload: (values) => storage.from(values),
    uploadIndex: (values) => indexBuffer(new Int32Array(values)),
    read: (buffer) => Promise.resolve(floatsOf(buffer).slice()),
    readSync: (buffer) => floatsOf(buffer).slice(),
    map: createMap(precision),
    place: createPlace(storage),
    reduce: createReduce(storage),
    scan: createScan(storage),
    contract: createContract(storage, multiply),
    convolve: createConvolve(storage, multiply),
    sparse: createSparse(storage),
    gather: createGather(storage),
    scatterAdd: createScatterAdd(storage),
    argmaxWindows: createArgmaxWindows(),
    fft: createFft(storage),
    scope: (body) => body(),
  };
}

const cpuFloat64: Backend = /* @__PURE__ */ createCpu("float64");
const cpuFloat32: Backend = /* @__PURE__ */ createCpu("float32");
