/** An AbortSignal that Ctrl-C sets off. */
export interface InterruptSignal {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C its ordinary meaning back. */
  dispose(): void;
}

/**
 * Aborts at the first SIGINT or SIGTERM, so that `fit` ends after its batch with everything saved; the second ends the process at once, as if nobody
 * had listened.
 * @param onFirst called once at the first; says, for instance, that the batch is being finished
 * @param also another signal that sets this one off, with its reason
 */
export function interruptSignal(onFirst: () => void = () => {}, also?: AbortSignal): InterruptSignal {
  const controller = new AbortController();
  let isInterrupted = false;
  const follow = (): void => controller.abort(also?.reason);
  const dispose = (): void => {
    also?.removeEventListener("abort", follow);
    for (const name of names) process.off(name, listen);
  };
  const listen = (name: NodeJS.Signals): void => {
    if (isInterrupted) {
      dispose();
      process.kill(process.pid, name);
      return;
    }
    isInterrupted = true;
    controller.abort(new Error(`interrupted by ${name}`));
    onFirst();
  };
  for (const name of names) process.on(name, listen);
  if (also?.aborted) follow();
  else also?.addEventListener("abort", follow);
  return { signal: controller.signal, dispose };
}

const names = ["SIGINT", "SIGTERM"] as const;
