import type { Backend, Buffer, FusedKernels, IndexBuffer, View } from "../backend.js";
import type { Call, NodePart, NodeView } from "./call.js";

type KernelName =
  | "map"
  | "place"
  | "reduce"
  | "scan"
  | "contract"
  | "convolve"
  | "sparse"
  | "gather"
  | "scatterAdd"
  | "argmaxWindows"
  | "fft";

/** The kernels of a `Backend`, giving R in place of a buffer: a backend itself, or what a backend turns calls into. */
export type Kernels<R> = {
  readonly [K in KernelName]: (...args: Parameters<Backend[K]>) => R;
} & {
  readonly fused?: { readonly [K in keyof FusedKernels]: (...args: Parameters<FusedKernels[K]>) => R };
};

/**
 * The kernel that `call` names, with `bufferOf(node)` in the place of node numbers.
 * @throws Error if a fused kernel is asked of kernels that have none
 */
export function runCall<R>(kernels: Kernels<R>, call: Call, bufferOf: (node: number) => Buffer | IndexBuffer): R {
  const numbers = (node: number) => bufferOf(node) as Buffer;
  const positions = (node: number) => bufferOf(node) as IndexBuffer;
  const view = ({ node, offset, strides }: NodeView): View => ({ buffer: numbers(node), offset, strides });
  const part = ({ source, ...rest }: NodePart) => ({ source: view(source), ...rest });
  switch (call.kind) {
    case "map":
      return kernels.map(call.f, call.shape, call.inputs.map(view));
    case "place":
      return kernels.place(call.shape, call.parts.map(part));
    case "reduce":
      return kernels.reduce(call.reduction, call.shape, call.axes, numbers(call.input));
    case "scan":
      return kernels.scan(call.outer, call.size, call.inner, call.reverse, numbers(call.input));
    case "contract":
      return kernels.contract(call.sizes, view(call.a), view(call.b));
    case "convolve":
      return kernels.convolve(call.which, call.geometry, numbers(call.a), numbers(call.b));
    case "sparse":
      return kernels.sparse(call.which, call.pattern, call.examples, numbers(call.a), numbers(call.b));
    case "gather":
      return kernels.gather(call.layout, numbers(call.input), positions(call.index));
    case "scatterAdd":
      return kernels.scatterAdd(call.layout, numbers(call.input), positions(call.index));
    case "argmaxWindows":
      return kernels.argmaxWindows(call.geometry, numbers(call.input));
    case "fft":
      return kernels.fft(call.shape, call.axes, call.inverse, numbers(call.input));
    case "mapReduce":
      return fusedOf(kernels, call).mapReduce(call.reduction, call.f, call.shape, call.axes, call.inputs.map(view));
    case "mapArgmaxWindows":
      return fusedOf(kernels, call).mapArgmaxWindows(call.geometry, call.f, call.inputs.map(view));
    case "realFft":
      return fusedOf(kernels, call).realFft(call.shape, call.axes, call.inverse, numbers(call.input));
    case "realFilter":
      return fusedOf(kernels, call).realFilter(call.shape, call.axes, call.conjugate, numbers(call.input), numbers(call.spectrum));
  }
}

function fusedOf<R>({ fused }: Kernels<R>, call: Call): NonNullable<Kernels<R>["fused"]> {
  if (!fused)
    throw new Error(`program: ${call.kind} is a fused kernel and the backend has none; programs may name it only where \`fused\` is`);
  return fused;
}
