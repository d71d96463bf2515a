import type { Backend, Buffer, IndexBuffer } from "../backend.js";
import { agree, agreeExactly } from "./agree.js";
import { stored } from "./values.js";

/** One call of one kernel, and what it must give. */
export interface KernelTrial {
  /** Kernel and sizes, for the message. */
  readonly what: string;
  readonly inputs: readonly (readonly number[])[];
  readonly index?: readonly number[];
  readonly run: (buffers: readonly Buffer[], index: IndexBuffer) => Buffer;
  /** From the inputs as the backend stores them. */
  readonly expected: (inputs: readonly number[][]) => readonly number[];
  /** In units of `epsilon`; 0 means exactly equal as numbers. */
  readonly tolerance: number;
}

/** The result agrees with the reference, comes out bit for bit the same a second time, and neither call changed its inputs. */
export async function verifyKernel(backend: Backend, trial: KernelTrial): Promise<void> {
  const { what, run, tolerance } = trial;
  const inputs = trial.inputs.map((input) => stored(backend, input));
  const want = trial.expected(inputs);
  const buffers = inputs.map((input) => backend.upload(input));
  const index = backend.uploadIndex(trial.index ?? []);
  const first = await backend.read(run(buffers, index));
  agree(what, first, want, tolerance * backend.epsilon);
  agreeExactly(`${what}, called again`, await backend.read(run(buffers, index)), first);
  for (const [i, buffer] of buffers.entries()) {
    agreeExactly(`${what}, its input ${i} afterwards`, await backend.read(buffer), inputs[i]!);
  }
  agreeExactly(`${what}, its index afterwards`, await readIndex(backend, index), trial.index ?? []);
}

/** An index buffer's positions, by gathering 1, 2, 3, … through it (0 stands for −1). */
export async function readIndex(backend: Backend, index: IndexBuffer, size = 512): Promise<number[]> {
  const ramp = backend.upload(Array.from({ length: size }, (_, i) => i + 1));
  const gathered = await backend.read(backend.gather({ outer: 1, size, inner: 1, count: index.length }, ramp, index));
  return Array.from(gathered, (position) => position - 1);
}
