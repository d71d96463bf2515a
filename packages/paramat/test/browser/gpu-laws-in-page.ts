import type { Backend } from "@paramat/backends";
import { backendLaws } from "@paramat/backends/laws";
import { gpu } from "paramat/gpu";
import type { LawOutcome } from "./laws-in-page.js";

export interface GpuLaws {
  readonly executedOn: string;
  readonly activity: string;
  readonly seconds: number;
  readonly outcomes: readonly LawOutcome[];
}

/** Drawn cases for each law: most of the time goes into compiling a kernel for each of their shapes. */
const RUNS = 5;

/** Every law on a device in each mode of pages; and of one whose maxima are minima. */
export async function gpuLawsInPage(): Promise<readonly GpuLaws[]> {
  const found: GpuLaws[] = [];
  for (const mode of ["webgl2", "webgpu"] as const) {
    const start = performance.now();
    const sound = await gpu({ mode });
    const planted: Backend = {
      ...sound,
      name: `planted-${mode}`,
      reduce: (kind, shape, axes, input) => sound.reduce(kind === "max" ? "min" : kind, shape, axes, input),
    };
    const outcomes: LawOutcome[] = [];
    for (const law of backendLaws) outcomes.push(await outcomeOf(law, sound));
    for (const law of backendLaws) if (law.name.startsWith("reduce")) outcomes.push(await outcomeOf(law, planted));
    found.push({ executedOn: sound.executedOn, activity: String(sound.activity()), seconds: (performance.now() - start) / 1000, outcomes });
    await sound.destroy();
  }
  return found;
}

async function outcomeOf({ name, check }: (typeof backendLaws)[number], backend: Backend): Promise<LawOutcome> {
  const fault = await check(backend, { seed: 2, numRuns: name.includes("past every block") ? 1 : RUNS }).then(
    () => null,
    (error: Error) => error.message,
  );
  return { backend: backend.name, law: name, fault };
}
