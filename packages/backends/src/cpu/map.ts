import type { Precision, Shape, View } from "../backend.js";
import { exprKey } from "../expr/expr-key.js";
import type { Expr } from "../expr.js";
import { createCache } from "./map-cache.js";
import { copyRows } from "./map-copy.js";
import { interpretKernel } from "./map-interpreter.js";
import { type CpuArray, canGenerateCode, generateKernel, type InnerStride, type MapKernel } from "./map-kernel.js";
import { collapse, type Layout, transposing } from "./map-layout.js";
import { type MapProgram, mapProgram } from "./map-program.js";

export interface MapOptions {
  /** Compile each formula to JavaScript. Default: wherever the host allows it; false interprets: the same bits, 2 to 5 times slower, more on short rows. */
  readonly codegen?: boolean;
  /** Where results go; new arrays if left out. */
  readonly createArray?: (length: number) => CpuArray;
}

/** Side of the square tiles of a transposing read, in entries: 32 rows of one cache line each stay in the fastest cache. */
const tile = 32;

/**
 * out[i] = f(inputs[0][i], inputs[1][i], …), the pointwise kernel of a CPU backend: computed in float64, rounded to `precision` at the store.
 * The result is a new contiguous array. Compiled formulas are kept for at most 4096 formulas (equal but for their constants counts once).
 * @throws EvalError if `codegen` is true and the host refuses to compile strings
 */
export function createMap(precision: Precision, options: MapOptions = {}): (f: Expr, shape: Shape, inputs: readonly View[]) => CpuArray {
  const codegen = options.codegen ?? canGenerateCode();
  const createArray =
    options.createArray ?? ((length: number): CpuArray => (precision === "float64" ? new Float64Array(length) : new Float32Array(length)));
  const programs = new WeakMap<Expr, CompiledMap>();
  const kernelsByFormula = createCache<KernelCache>(4096);

  function compiled(f: Expr): CompiledMap {
    const known = programs.get(f);
    if (known !== undefined) return known;
    const program = mapProgram(f);
    const fresh = { ...program, kernels: kernelsByFormula(exprKey(program.formula), () => createCache<MapKernel>(64)) };
    programs.set(f, fresh);
    return fresh;
  }

  return (f, shape, inputs) => {
    const out = createArray(shape.reduce((product, size) => product * size, 1));
    if (out.length === 0) return out;
    if (f.kind === "const") return out.fill(f.value);
    const { formula, inputs: used, constants, kernels } = compiled(f);
    const views = used.map((i) => inputs[i]!);
    const layout = collapse(
      shape,
      views.map((view) => view.strides),
    );
    const buffers = views.map((view) => view.buffer as CpuArray);
    const offsets = views.map((view) => view.offset);
    if (f.kind === "input" && copyRows(out, buffers[0]!, offsets[0]!, layout)) return out;
    const rank = layout.sizes.length;
    const inner = layout.strides.map((strides, j) => innerStride(strides.at(-1)!, rank === 1 && offsets[j] === 0));
    const kernel = codegen
      ? kernels(`${rank}${inner.join("")}`, () => generateKernel(formula, rank, inner, precision))
      : kernels(`interpreted${used.length}`, () => interpretKernel(formula, used.length));
    const transposed = transposing(layout, tile);
    if (transposed === undefined) {
      kernel(out, 0, layout.outStrides, layout.sizes, buffers, offsets, layout.strides, constants);
    } else {
      runTiled(kernel, transposed, out, buffers, offsets, constants);
    }
    return out;
  };
}

type KernelCache = (key: string, make: () => MapKernel) => MapKernel;

interface CompiledMap extends MapProgram {
  readonly kernels: KernelCache;
}

function innerStride(stride: number, fromStart: boolean): InnerStride {
  if (stride === 1) return fromStart ? "i" : "1";
  return stride === 0 ? "0" : "s";
}

/** The kernel over squares of the two innermost axes, so that the cache lines fetched for one row are still there for the next. */
function runTiled(
  kernel: MapKernel,
  layout: Layout,
  out: CpuArray,
  buffers: readonly CpuArray[],
  offsets: readonly number[],
  constants: Float64Array,
): void {
  const { outStrides, strides } = layout;
  const sizes = [...layout.sizes];
  const inner = sizes.length - 1;
  const [rows, columns] = [sizes[inner - 1]!, sizes[inner]!];
  for (let row = 0; row < rows; row += tile) {
    sizes[inner - 1] = Math.min(tile, rows - row);
    for (let column = 0; column < columns; column += tile) {
      sizes[inner] = Math.min(tile, columns - column);
      const shifted = offsets.map((offset, j) => offset + row * strides[j]![inner - 1]! + column * strides[j]![inner]!);
      kernel(out, row * outStrides[inner - 1]! + column * outStrides[inner]!, outStrides, sizes, buffers, shifted, strides, constants);
    }
  }
}
