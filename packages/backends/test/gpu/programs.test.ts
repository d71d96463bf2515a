import { expect, test } from "vitest";
import type { Buffer } from "../../src/backend.js";
import type { Handle } from "../../src/gpu/driver.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { createProgram } from "../../src/program/program.js";
import { recorded } from "../program/recorded.js";
import { reckonedDriver } from "./reckoned-driver.js";

const square = (buffer: Buffer) => ({ buffer, offset: 0, strides: [2, 1] });

test("a program frees what it has read for the last time, so that a chain of products holds two at a time", () => {
  const driver = reckonedDriver();
  let [live, most] = [0, 0];
  const counted = {
    ...driver,
    launch: (...args: Parameters<typeof driver.launch>) => {
      most = Math.max(most, ++live);
      return driver.launch(...args);
    },
    free(handle: Handle) {
      live--;
      driver.free(handle);
    },
  };
  const backend = gpuBackend(counted);
  const graph = recorded([4], (recording, [a]) => {
    let power = a!;
    for (let k = 0; k < 9; k++) power = recording.contract({ batch: [], m: 2, n: 2, k: 2 }, square(power), square(a!));
    return [power];
  });
  const program = createProgram(graph, backend, { inputs: [4] });
  const argument = backend.upload([1, 1, 0, 1]);
  const [result] = program.run([argument]);
  expect(Array.from(backend.readSync!(result!))).toEqual([1, 10, 0, 1]);
  expect(most).toBe(2);
  expect(live).toBe(1);
  // The argument is the caller's.
  expect(Array.from(backend.readSync!(argument))).toEqual([1, 1, 0, 1]);
});
