import { type Backend, cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import { BackendError } from "../src/errors.js";
import { requireReadable } from "../src/require-readable.js";

test("names who asks, the backend, and what to do; says nothing where numbers can be had at once", () => {
  const { readSync: _, ...rest } = cpu();
  const deaf: Backend = { ...rest, name: "deaf" };
  const message = "solve: deaf cannot be read without waiting; move z to one that can: `ndarray(cpu(), await z.read(), z.shape)`";
  expect(() => requireReadable("solve", deaf, "z")).toThrow(new BackendError(message));
  expect(() => requireReadable("solve", cpu(), "z")).not.toThrow();
});
