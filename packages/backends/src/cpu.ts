import type { Backend, Precision } from "./backend.js";
import { createArena, type PlacedKernels } from "./cpu/arena.js";
import { createContract } from "./cpu/contract.js";
import { createConvolve } from "./cpu/convolve.js";
import { createFft } from "./cpu/fft.js";
import { createGather, createScatterAdd } from "./cpu/gather.js";
import { createMap, type MapOptions } from "./cpu/map.js";
import type { CpuArray } from "./cpu/map-kernel.js";
import { createMultiply } from "./cpu/multiply.js";
import { createPlace } from "./cpu/place.js";
import { placedStorage } from "./cpu/placed-storage.js";
import type { Multiply } from "./cpu/product.js";
import { createReduce } from "./cpu/reduce.js";
import { createScan } from "./cpu/scan.js";
import { createSparse } from "./cpu/sparse.js";
import { createStorage, type Floats, floatsOf, indexBuffer, type Storage } from "./cpu/storage.js";
import { createArgmaxWindows } from "./cpu/windows.js";
import type { ReplayingBackend } from "./program/arena.js";

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

function createCpu(precision: Precision): ReplayingBackend {
  const storage = createStorage(precision);
  const multiply = createMultiply(storage);
  const placed = createPlacedKernels(precision, storage, multiply);
  return {
    name: `cpu-${precision}`,
    precision,
    epsilon: precision === "float64" ? 2 ** -52 : 2 ** -23,
    upload: (values) => storage.from(values),
    uploadIndex: (values) => indexBuffer(new Int32Array(values)),
    read: (buffer) => Promise.resolve(floatsOf(buffer).slice()),
    readSync: (buffer) => floatsOf(buffer).slice(),
    ...createKernels(precision, storage, multiply, {}),
    argmaxWindows: createArgmaxWindows(),
    scope: (body) => body(),
    arena: (plan) => createArena(plan, precision, placed),
  };
}

function createKernels(precision: Precision, storage: Storage, multiply: Multiply, options: MapOptions) {
  return {
    map: createMap(precision, options),
    place: createPlace(storage),
    reduce: createReduce(storage),
    scan: createScan(storage),
    contract: createContract(storage, multiply),
    convolve: createConvolve(storage, multiply),
    sparse: createSparse(storage),
    gather: createGather(storage),
    scatterAdd: createScatterAdd(storage),
    fft: createFft(storage),
  };
}

/** The same kernels for programs: they write where they are told. */
function createPlacedKernels(precision: Precision, own: Storage, multiply: Multiply): PlacedKernels {
  let place: Floats | Int32Array = new Float64Array(0);
  const floats = () => place as Floats & CpuArray;
  return {
    kernels: {
      ...createKernels(precision, placedStorage(precision, own, floats), multiply, { createArray: floats }),
      argmaxWindows: createArgmaxWindows(() => place as Int32Array),
    },
    aim(next) {
      place = next;
    },
  };
}

const cpuFloat64: Backend = /* @__PURE__ */ createCpu("float64");
const cpuFloat32: Backend = /* @__PURE__ */ createCpu("float32");
