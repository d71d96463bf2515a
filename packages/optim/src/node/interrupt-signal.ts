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
 */
export function interruptSignal(onFirst: () => void = () => {}): InterruptSignal {
  const controller = new AbortController();
  const dispose = (): void => {
    for (const name of names) process.off(name, listen);
  };
  const listen = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      dispose();
      process.kill(process.pid, name);
      return;
    }
    controller.abort(new Error(`interrupted by ${name}`));
    onFirst();
  };
  for (const name of names) process.on(name, listen);
  return { signal: controller.signal, dispose };
}

const names = ["SIGINT", "SIGTERM"] as const;
