export interface Parameter {
  readonly shape: readonly number[];
  readonly seed: number;
  readonly scale: number;
}
export function numbers(count: number, seed: number, scale?: number): Float32Array;
export function fingerprint(values: ArrayLike<number>): { readonly along: number; readonly norm: number };
export function targets(examples: number): Float32Array;
export const parameters: Readonly<Record<"conv1" | "bias1" | "conv2" | "bias2" | "dense" | "bias3", Parameter>>;
export function initial(parameter: Parameter): Float32Array;
