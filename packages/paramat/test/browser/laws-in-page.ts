import { type Backend, cpu } from "@paramat/backends";
import { backendLaws } from "@paramat/backends/laws";

/** What a law found: null if nothing. */
export interface LawOutcome {
  readonly backend: string;
  readonly law: string;
  readonly fault: string | null;
}

/** Every law of both CPU backends, and of one whose maxima are minima, on a few drawn cases each: the same in every run, since what is new here is the host. */
export async function lawsInPage(): Promise<readonly LawOutcome[]> {
  const sound = cpu("float64");
  const planted: Backend = {
    ...sound,
    name: "planted",
    reduce: (kind, shape, axes, input) => sound.reduce(kind === "max" ? "min" : kind, shape, axes, input),
  };
  const outcomes: LawOutcome[] = [];
  for (const backend of [sound, cpu("float32"), planted]) {
    for (const { name, check } of backendLaws) {
      const fault = await check(backend, { seed: 2, numRuns: 8 }).then(
        () => null,
        (error: Error) => error.message,
      );
      outcomes.push({ backend: backend.name, law: name, fault });
    }
  }
  return outcomes;
}
