import type { Value } from "@paramat/core";

/** The number in a scalar, from any backend. */
export async function readScalar(x: Value): Promise<number> {
  return (await x.read())[0] as number;
}
