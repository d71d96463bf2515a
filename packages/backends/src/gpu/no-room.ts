import { BackendError } from "../errors.js";

/** Results of so many bytes or more are asked after: making room for one may fail, which devices do not say by themselves. */
export const LARGE = 2 ** 24;

/** @param bytes that were asked for @param held bytes of this backend on the device */
export function noRoom(bytes: number, held: number): BackendError {
  const mebibytes = (count: number): string => `${Math.ceil(count / 2 ** 20)} MiB`;
  return new BackendError(
    `gpu: no room for ${mebibytes(bytes)} on the device, which holds ${mebibytes(held)} for this backend; use scopes, or fewer examples at a time`,
  );
}

/** How devices of WebGPU are asked after errors. */
export interface ErrorScopes {
  pushErrorScope(filter: "out-of-memory"): void;
  /** null where there was none. */
  popErrorScope(): Promise<object | null>;
}

/** What `work` gives, and whether the device had room for all that it made: without, WebGPU goes on with a buffer that is none, from which zeros are read. */
export async function withRoom<T>(
  device: ErrorScopes | undefined,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly hadRoom: boolean }> {
  if (!device) return { result: await work(), hadRoom: true };
  device.pushErrorScope("out-of-memory");
  // A device that is lost has no answer; what it was asked to do tells of the loss.
  const lack = (): Promise<object | null> => device.popErrorScope().catch(() => null);
  const result = await work().catch(async (failure: unknown) => {
    await lack();
    throw failure;
  });
  return { result, hadRoom: (await lack()) === null };
}
