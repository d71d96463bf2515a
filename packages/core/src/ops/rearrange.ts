import { type Backend, type Buffer, call, input, type Part } from "@paramat/backends";
import type { NDArray } from "../array.js";
import { defineLinear } from "../define/linear.js";
import { stridesOf } from "../shape.js";
import type { Value } from "../value.js";

/** out[to + toStep·i] += sign · x[from + fromStep·i] for i = 0 … length − 1, along one axis. Step 0 repeats one entry (`fromStep`) or adds into one (`toStep`). */
export interface Segment {
  readonly from: number;
  readonly fromStep: -1 | 0 | 1;
  readonly to: number;
  readonly toStep: -1 | 0 | 1;
  readonly length: number;
  readonly sign: 1 | -1;
}

/**
 * Zeros of size `size` along `axis`, plus segments of x there: cyclic shifts and extensions are a few runs each, so they cost one pass.
 * The transpose is the same with `from` and `to` exchanged. Callers give segments that stay inside both axes.
 */
export function rearrange(x: Value, axis: number, size: number, segments: readonly Segment[]): Value {
  return rearrangeOp(x, { axis, size, segments: segments.filter(({ length }) => length > 0) });
}

/** The segment read and written the other way round: together they are the transpose. */
export function reversed({ from, fromStep, to, toStep, length, sign }: Segment): Segment {
  return { from: to, fromStep: toStep, to: from, toStep: fromStep, length, sign };
}

interface RearrangeParams {
  readonly axis: number;
  readonly size: number;
  readonly segments: readonly Segment[];
}

const rearrangeOp = defineLinear<RearrangeParams>({
  name: "rearrange",
  shape: (x, { axis, size }) => x.map((n, a) => (a === axis ? size : n)),
  forward(backend, x, { axis, segments }, shape) {
    const strides = stridesOf(shape);
    const stride = strides[axis] as number;
    const parts = segments.map((segment): Part => {
      const block = x.shape.map((n, a) => (a === axis ? segment.length : n));
      return {
        source: readSegment(backend, x, axis, segment, block),
        shape: block,
        offset: segment.to * stride,
        strides: strides.map((s, a) => (a === axis ? s * segment.toStep : s)),
      };
    });
    return backend.place(shape, parts);
  },
  // ⟨ct, S x⟩ = Σ sign · ct[to] x[from]: each entry goes back the way it came.
  transpose: (ct, { axis, segments }, x): Value => rearrangeOp(ct, { axis, size: x[axis] as number, segments: segments.map(reversed) }),
});

/** Only segments with a minus sign are computed (and they are borders, so short); the others are read where they stand. */
function readSegment(
  backend: Backend,
  x: NDArray,
  axis: number,
  { from, fromStep, sign }: Segment,
  block: readonly number[],
): Part["source"] {
  const strides = stridesOf(x.shape);
  const stride = strides[axis] as number;
  const view = { buffer: x.buffer, offset: from * stride, strides: strides.map((s, a) => (a === axis ? s * fromStep : s)) };
  if (sign === 1) return view;
  const negated: Buffer = backend.map(call("neg", input(0)), block, [view]);
  return { buffer: negated, offset: 0, strides: stridesOf(block) };
}
