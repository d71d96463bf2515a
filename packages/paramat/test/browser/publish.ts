/** What came of a computation in a page. */
export type Outcome<T> = { readonly value: T } | { readonly error: string };

/** Runs a computation and writes what came of it, as JSON, into the page, where `runInPage` looks for it. */
export async function publish<T>(computation: () => Promise<T>): Promise<void> {
  write(JSON.stringify(await outcomeOf(computation)));
}

/** The same for a program that runs twice: in the page, where it starts a worker with itself, and in that, where it computes. */
export async function publishFromWorker<T>(computation: () => Promise<T>): Promise<void> {
  if (typeof document === "undefined") {
    postMessage(JSON.stringify(await outcomeOf(computation)));
    return;
  }
  const worker = new Worker("/program.js", { type: "module" });
  worker.onmessage = ({ data }) => write(data);
  worker.onerror = ({ message }) => write(JSON.stringify({ error: `the worker failed: ${message}` }));
}

function outcomeOf<T>(computation: () => Promise<T>): Promise<Outcome<T>> {
  return computation().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) }),
  );
}

function write(outcome: string): void {
  document.documentElement.setAttribute("data-outcome", outcome);
}
