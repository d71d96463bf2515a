import type { Local } from "./encoder/index.js";

/** Parameters of a kernel's phase by name. */
export interface PhaseParameters {
  readonly operands: readonly Local[];
  readonly out: Local;
  readonly tables: Local;
  readonly scratch: Local;
  readonly own: Local;
  readonly from: Local;
  readonly to: Local;
}

/** How many parameters a phase has after its operands. */
export const numPhaseParameters = 6;

/** The parameters of a phase, in the order in which `Kernel` says that they come. */
export function phaseParameters(params: readonly Local[]): PhaseParameters {
  const [out, tables, scratch, own, from, to] = params.slice(-numPhaseParameters) as [Local, Local, Local, Local, Local, Local];
  return { operands: params.slice(0, -numPhaseParameters), out, tables, scratch, own, from, to };
}
