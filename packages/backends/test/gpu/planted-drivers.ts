import type { Driver, Handle } from "../../src/gpu/driver.js";
import { reckonedDriver } from "./reckoned-driver.js";

/** A device with a fault, and what the canary says of it. */
export interface PlantedDriver {
  readonly name: string;
  readonly says: RegExp;
  readonly driver: () => Driver;
}

/** Faults of the compiler: the sources of kernels are changed. */
function compilesWrongly(change: (source: string) => string): () => Driver {
  return () => {
    const sound = reckonedDriver();
    return {
      ...sound,
      compile: (source, functions, length) =>
        sound.compile(
          change(source),
          functions.map((f) => ({ ...f, source: change(f.source) })),
          length,
        ),
    };
  };
}

/** Faults in what a kernel writes. */
function writesWrongly(change: (values: Float32Array, kernel: object) => Handle): () => Driver {
  return () => {
    const sound = reckonedDriver();
    return { ...sound, launch: (kernel, operands) => change(sound.launch(kernel, operands) as Float32Array, kernel) };
  };
}

export const plantedDrivers: readonly PlantedDriver[] = [
  {
    name: "loops cut at 1000 turns",
    says: /this device cuts loops short: it gives \[1000\] in place of \[3000\]/,
    driver: compilesWrongly((source) => source.replace(/(for \(let (\w+) = 0; )/g, "$1$2 < 1000 && ")),
  },
  {
    name: "positions that pass through float32",
    says: /this device has no exact positions beyond 2\^24: it gives \[8, 8, 16\] in place of \[9, 12, 15\]/,
    driver: compilesWrongly((source) => source.replace(/(far) = ([^;]+);/g, "$1 = Math.fround(Math.fround(i + 16777216) * 3 + 1);")),
  },
  {
    name: "quotients that pass through float32",
    says: /this device divides integers wrongly: it gives \[1, 1, 1\] in place of \[0, 1, 1\]/,
    driver: compilesWrongly((source) => source.replace(/quotient\(i \+ 50331647, 3\)/, "Math.floor(Math.fround(i + 50331647) / 3)")),
  },
  {
    name: "results written over by the next run",
    says: /this device writes over results that are still needed: it gives \[100, 100, 100\] in place of \[1, 10, 100\]/,
    driver: () => {
      const sound = reckonedDriver();
      const results = new Map<object, Float32Array>();
      return {
        ...sound,
        launch(kernel, operands) {
          const next = sound.launch(kernel, operands) as Float32Array;
          const held = results.get(kernel);
          held?.set(next);
          results.set(kernel, held ?? next);
          return held ?? next;
        },
      };
    },
  },
  {
    name: "NaN lost",
    says: /this device does not keep numbers as they are: it gives \[0, Infinity/,
    driver: writesWrongly((values) => values.map((value) => (Number.isNaN(value) ? 0 : value))),
  },
  {
    name: "-0 lost",
    says: /this device does not keep numbers as they are: it gives \[NaN, Infinity, -Infinity, 0,/,
    driver: writesWrongly((values) => values.map((value) => value + 0)),
  },
  {
    name: "half the precision",
    says: /this device does not keep numbers as they are/,
    driver: writesWrongly((values) => values.map((value) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : value))),
  },
];
