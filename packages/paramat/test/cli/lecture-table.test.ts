import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { generateDigits } from "@paramat/data";
import { network } from "@paramat/layers";
import { describe, expect, test } from "vitest";
import { featureSpectrum } from "../../src/cli/feature-spectrum.js";
import { lectureModels } from "../../src/cli/lecture-models.js";
import { lectureTable } from "../../src/cli/lecture-table.js";
import { lectureHead, lectureLine } from "../../src/cli/print-lecture.js";

const backend = cpu("float64");

describe("featureSpectrum", () => {
  test("by hand: σ of a diagonal, and of a matrix of rank 1", () => {
    const plain = featureSpectrum(
      ndarray(backend, [
        [3, 0],
        [0, -4],
        [0, 0],
      ]),
    );
    expect(plain.rank).toBe(2);
    expect(plain.condition).toBeCloseTo(4 / 3, 14);
    const deficient = featureSpectrum(
      ndarray(backend, [
        [1, 2],
        [2, 4],
      ]),
    );
    expect(deficient).toMatchObject({ rank: 1, condition: 1 });
    expect(featureSpectrum(ndarray(backend, [[0, 0]]))).toEqual({ rank: 0, condition: Number.POSITIVE_INFINITY });
  });

  test("takes the grid of each example as one row", () => {
    const stream = rng(2);
    const numbers = Float64Array.from({ length: 24 }, () => stream.normal());
    expect(featureSpectrum(ndarray(backend, numbers, [4, 2, 3]))).toEqual(featureSpectrum(ndarray(backend, numbers, [4, 6])));
  });
});

describe("lectureModels", () => {
  test("have the parameters that their matrices have, for 4×4 images", () => {
    const counts = lectureModels([4, 4, 1]).map(({ name, features }) => {
      const net = network(features, { inShape: [4, 4, 1] });
      return [name, net.numParams - (net.outShape.at(-1) as number)];
    });
    expect(counts).toEqual([
      ["dense", 256],
      ["diagonal", 16],
      ["antisymmetric", 120],
      // 4 neighbours inside, 3 at the edges, 2 at the corners: 4·4 + 8·3 + 4·2
      ["M-matrix on the grid", 48],
      ["convolution, zero", 25],
      ["convolution, periodic", 25],
      ["separable", 10],
      ["doubly symmetric", 9],
      ["wavelet", 16],
    ]);
  });
});

describe("lectureTable", () => {
  test("trains every model alike, reports each as it is there, and prints in columns", { timeout: 60_000 }, async () => {
    const seen: string[] = [];
    const digits = generateDigits({ train: 80, test: 40, seed: 1, size: 8 });
    const rows = await lectureTable(digits, {
      backend,
      seed: 1,
      lambda: 1e-4,
      examples: 60,
      epochs: 50,
      onRow: (row) => seen.push(row.name),
    });
    expect(seen).toEqual(lectureModels(digits.shape).map(({ name }) => name));
    const dense = rows.find((row) => row.name === "dense");
    // 64·64 free entries for 60 examples.
    expect(dense?.trainAccuracy).toBeGreaterThan(0.95);
    expect(dense?.testAccuracy).toBeLessThan(dense?.trainAccuracy as number);
    for (const row of rows) {
      expect(row.rank).toBeLessThanOrEqual(60);
      expect(row.condition).toBeGreaterThanOrEqual(1);
    }
    const lines = [...lectureHead().split("\n"), ...rows.map(lectureLine)];
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});
