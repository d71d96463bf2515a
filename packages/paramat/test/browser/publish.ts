/** What came of a computation in a page. */
export type Outcome<T> = { readonly value: T } | { readonly error: string };

/** Runs a computation and writes what came of it, as JSON, into the page, where `runInPage` looks for it. */
export async function publish<T>(computation: () => Promise<T>): Promise<void> {
  const outcome: Outcome<T> = await computation().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) }),
  );
  document.documentElement.setAttribute("data-outcome", JSON.stringify(outcome));
}
