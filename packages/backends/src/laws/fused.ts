import * as fc from "fast-check";
import type { Backend, Buffer, Reduction, Shape, View } from "../backend.js";
import { call, type Expr, input } from "../expr.js";
import { agree, agreeExactly } from "./agree.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { readIndex } from "./kernel-trial.js";
import { type Layout, layoutOf } from "./layout.js";
import { count } from "./multi-index.js";
import { tiedValues } from "./values.js";
import { geometries } from "./windows.js";

/** Of small whole numbers all are exact in any precision, and so are sums of them: what is fused must agree to the last bit with its parts. */
const formulas: readonly Expr[] = [
  input(0),
  call("sub", call("mul", 2, input(0)), input(1)),
  call("max", call("add", input(1), input(0)), 0),
  call("mul", input(0), input(1)),
  call("neg", input(1)),
];

const reductions = fc
  .array(fc.oneof(fc.nat(5), fc.integer({ min: 6, max: 20 })), { minLength: 1, maxLength: 4 })
  .filter((shape) => count(shape) <= 2000)
  .chain((shape) => {
    const axes = shape.map((_, axis) => axis);
    const filled = axes.filter((axis) => shape[axis]! > 0).map((axis) => [axis]);
    const sums = fc.record({ kind: fc.constantFrom<Reduction>("sum", "max", "min"), axes: fc.subarray(axes) });
    if (filled.length === 0) return fc.record({ shape: fc.constant(shape), which: sums });
    const places = fc.record({ kind: fc.constant<Reduction>("argmax"), axes: fc.constantFrom(...filled) });
    return fc.record({ shape: fc.constant(shape), which: fc.oneof(sums, sums, places) });
  });

const drawn = { f: fc.constantFrom(...formulas), seed: fc.nat(), rarity: fc.constantFrom(Infinity, 30) };

/** Two inputs of a shape, each through a view of its own. */
interface Inputs {
  readonly layouts: readonly Layout[];
  readonly numbers: readonly (readonly number[])[];
}

function inputsOf(shape: Shape, seed: number, rarity: number): Inputs {
  const layouts = [layoutOf(shape, seed), layoutOf(shape, seed + 1)];
  return { layouts, numbers: layouts.map(({ length }, j) => tiedValues(length, seed + 2 + j, rarity)) };
}

function viewsOf({ layouts }: Inputs, buffers: readonly Buffer[]): readonly View[] {
  return layouts.map(({ offset, strides }, j) => ({ buffer: buffers[j]!, offset, strides }));
}

async function unchanged(backend: Backend, what: string, inputs: Inputs, buffers: readonly Buffer[]): Promise<void> {
  for (const [j, buffer] of buffers.entries()) {
    agreeExactly(`${what}, its input ${j} afterwards`, await backend.read(buffer), inputs.numbers[j]!);
  }
}

/** Fused kernels are their two parts, one after the other. Backends without them pass. */
export const fusedLaws: readonly BackendLaw[] = [
  backendLawOf(
    "mapReduce: reduce of map",
    fc.record({ ...drawn, reduction: reductions }),
    async (backend, { f, seed, rarity, reduction: { shape, which } }) => {
      if (backend.fused === undefined) return;
      const { kind, axes } = which;
      const inputs = inputsOf(shape, seed, rarity);
      const buffers = inputs.numbers.map((numbers) => backend.upload(numbers));
      const views = viewsOf(inputs, buffers);
      const what = `mapReduce ${kind} of ${JSON.stringify(f)}, [${shape.join(", ")}] over [${axes.join(", ")}] through ${JSON.stringify(inputs.layouts)}`;
      const got = await backend.read(backend.fused.mapReduce(kind, f, shape, axes, views));
      agree(what, got, await backend.read(backend.reduce(kind, shape, axes, backend.map(f, shape, views))), 0);
      agreeExactly(`${what}, called again`, await backend.read(backend.fused.mapReduce(kind, f, shape, axes, views)), got);
      await unchanged(backend, what, inputs, buffers);
    },
    150,
  ),
  backendLawOf(
    "mapArgmaxWindows: argmaxWindows of map",
    fc.record({ ...drawn, geometry: geometries }),
    async (backend, { f, seed, rarity, geometry }) => {
      if (backend.fused === undefined) return;
      const shape = [geometry.examples, ...geometry.grid, geometry.channels];
      const inputs = inputsOf(shape, seed, rarity);
      const buffers = inputs.numbers.map((numbers) => backend.upload(numbers));
      const views = viewsOf(inputs, buffers);
      const what = `mapArgmaxWindows of ${JSON.stringify(f)}, ${JSON.stringify(geometry)} through ${JSON.stringify(inputs.layouts)}`;
      const size = Math.max(1, count(shape));
      const got = await readIndex(backend, backend.fused.mapArgmaxWindows(geometry, f, views), size);
      agreeExactly(what, got, await readIndex(backend, backend.argmaxWindows(geometry, backend.map(f, shape, views)), size));
      agreeExactly(`${what}, called again`, await readIndex(backend, backend.fused.mapArgmaxWindows(geometry, f, views), size), got);
      await unchanged(backend, what, inputs, buffers);
    },
    80,
  ),
];
