import { BackendError, compile } from "@paramat/core";

/**
 * f, compiled if that is asked for.
 * @param owner whose option `compile` it is
 * @param what f is called in messages
 * @throws (when called) BackendError where f cannot be compiled, with the way out that the owner has
 */
export function compiledIf<A extends readonly unknown[], Z>(
  isCompiled: boolean,
  owner: string,
  what: string,
  f: (...args: A) => Z,
): (...args: A) => Z {
  if (!isCompiled) return f;
  const compiled = compile(f);
  return (...args) => {
    try {
      return compiled(...args);
    } catch (error) {
      if (!(error instanceof BackendError && error.message.startsWith("compile:"))) throw error;
      throw new BackendError(`${owner}: ${what} cannot be compiled; ${error.message}; or pass compile: false to ${owner}`, {
        cause: error,
      });
    }
  };
}
