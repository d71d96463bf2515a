import { describe, expect, test } from "vitest";
import { BackendError } from "../../src/errors.js";
import { type ErrorScopes, noRoom, withRoom } from "../../src/gpu/no-room.js";

test("says how much was asked for, how much there is, and what to do", () => {
  expect(noRoom(2 ** 28, 2 ** 30 + 1)).toBeInstanceOf(BackendError);
  expect(noRoom(2 ** 28, 2 ** 30 + 1).message).toBe(
    "gpu: no room for 256 MiB on the device, which holds 1025 MiB for this backend; use scopes, or fewer examples at a time",
  );
});

describe("withRoom", () => {
  /** A device that tells of `found`, and notes what is asked of it. */
  const deviceOf = (found: () => Promise<object | null>): { readonly device: ErrorScopes; readonly asked: string[] } => {
    const asked: string[] = [];
    const popErrorScope = (): Promise<object | null> => {
      asked.push("pop");
      return found();
    };
    return { asked, device: { pushErrorScope: (filter) => void asked.push(filter), popErrorScope } };
  };

  test("asks before the work and after it", async () => {
    const { device, asked } = deviceOf(async () => null);
    const work = async () => asked.push("work");
    expect(await withRoom(device, work)).toEqual({ result: 2, hadRoom: true });
    expect(asked).toEqual(["out-of-memory", "work", "pop"]);
  });

  test("tells of a device that had none", async () => {
    const { device } = deviceOf(async () => ({ message: "out of memory" }));
    expect(await withRoom(device, async () => 7)).toEqual({ result: 7, hadRoom: false });
  });

  test("work that fails leaves no question open", async () => {
    const { device, asked } = deviceOf(() => Promise.reject(new Error("lost")));
    await expect(withRoom(device, () => Promise.reject(new Error("no kernel")))).rejects.toThrow("no kernel");
    expect(asked).toEqual(["out-of-memory", "pop"]);
  });

  test("of no device, nothing is asked", async () => {
    expect(await withRoom(undefined, async () => 7)).toEqual({ result: 7, hadRoom: true });
  });
});
