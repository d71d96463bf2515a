import { DataError } from "@paramat/core";
import { describe, expect, test } from "vitest";
import type { KnownSettings, RunSettings } from "../../src/cli/run-settings.js";
import { notedSettings, settleSettings } from "../../src/cli/settle-settings.js";

const stored: RunSettings = {
  data: "mnist",
  train: null,
  minimizer: null,
  epochs: 3,
  batch: 10,
  learningRate: 0.5,
  lambda: 0,
  seed: 9,
  backend: "cpu-float64",
  threads: 1,
};
const settle = (given: KnownSettings, from: KnownSettings | null = stored) => settleSettings(given, from, "x.checkpoint");

describe("settleSettings", () => {
  test("takes what is given, else what is stored, else the preset", () => {
    expect(settle({})).toEqual(stored);
    expect(settle({ seed: 2, train: 50 }, null)).toEqual({
      data: "digits",
      train: 50,
      minimizer: null,
      epochs: 8,
      batch: 32,
      learningRate: 5e-3,
      lambda: 1e-4,
      seed: 2,
      backend: "wasm",
      threads: 1,
    });
    // A checkpoint that was written before more was noted.
    expect(settle({ epochs: 4 }, { data: "mnist", seed: 9 })).toMatchObject({ data: "mnist", seed: 9, epochs: 4, batch: 64 });
    expect(settle(stored)).toEqual(stored);
  });

  test.each([
    [{ data: "digits" }, "--data mnist", "--data digits"],
    [{ train: 100 }, "no --train", "--train 100"],
    [{ minimizer: "lbfgs" }, "no --minimizer", "--minimizer lbfgs"],
    [{ batch: 11 }, "--batch 10", "--batch 11"],
    [{ learningRate: 0.25 }, "--learning-rate 0.5", "--learning-rate 0.25"],
    [{ lambda: 1 }, "--lambda 0", "--lambda 1"],
    [{ seed: 1 }, "--seed 9", "--seed 1"],
    [{ backend: "cpu-float32" }, "--backend cpu-float64", "--backend cpu-float32"],
    [{ epochs: 2 }, "--epochs 3", "--epochs 2"],
  ] as [KnownSettings, string, string][])("refuses %j of a checkpoint with other settings", (given, then, now) => {
    expect(() => settle(given)).toThrow(DataError);
    expect(() => settle(given)).toThrow(`x.checkpoint was written with ${then} and this command gives ${now}; leave --`);
  });

  test("gives a minimizer more iterations than a preset has epochs, and larger parts", () => {
    expect(settle({ minimizer: "newton-cg" }, null)).toMatchObject({ minimizer: "newton-cg", epochs: 100, batch: 500 });
    expect(settle({}, { data: "digits", minimizer: "lbfgs", epochs: 7 })).toMatchObject({ minimizer: "lbfgs", epochs: 7, batch: 500 });
  });

  test("allows more epochs", () => {
    expect(settle({ epochs: 4 }).epochs).toBe(4);
  });
});

describe("notedSettings", () => {
  test("reads back what a run notes, and leaves out what it does not understand", () => {
    expect(notedSettings(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
    expect(notedSettings({ data: "cats", seed: "1", backend: 3, train: [] })).toEqual({});
  });
});
