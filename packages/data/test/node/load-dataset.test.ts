import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@paramat/core";
import { generateDigits, type Split } from "@paramat/data";
import { type DatasetName, loadDataset } from "@paramat/data/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../../src/node/catalogue.js";
import { mirrorServer } from "./mirror-server.js";

const data = process.env["PARAMAT_DATA"];
let cache = "";
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "paramat-load-"));
});
afterAll(() => rm(cache, { recursive: true }));

function counts(split: Split): number[] {
  const perClass = new Array<number>(10).fill(0);
  for (const label of split.labels) perClass[label]!++;
  return perClass;
}

test("digits are generated", async () => {
  expect(await loadDataset("digits", { train: 20, test: 10, seed: 5 })).toEqual(generateDigits({ train: 20, test: 10, seed: 5 }));
  const standard = await loadDataset("digits");
  expect([standard.train.size, standard.test.size]).toEqual([4000, 1000]);
});

test("an unknown name is an error that lists the known ones", async () => {
  await expect(loadDataset("cifar" as DatasetName)).rejects.toThrow(
    'there is no data set "cifar"; there are digits, mnist, fashion-mnist, optdigits',
  );
});

test("without files and network, the error says how to supply them", async () => {
  const loading = loadDataset("mnist", { folder: join(cache, "none"), cache, download: false });
  await expect(loading).rejects.toThrow(DataError);
  await expect(loading).rejects.toThrow("set PARAMAT_DATA to a folder that holds mnist/train-images-idx3-ubyte.gz");
});

test("asks the known mirrors in turn, through the fetch given", async () => {
  const asked: string[] = [];
  const offline = (url: Parameters<typeof fetch>[0]) => {
    asked.push(String(url));
    return Promise.reject(new Error("offline"));
  };
  await expect(loadDataset("mnist", { folder: join(cache, "none"), cache, fetch: offline })).rejects.toThrow("offline");
  expect(asked).toEqual([
    "https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz",
    "https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz",
  ]);
});

test("a mirror that answers with another file is refused and nothing is kept", async () => {
  const server = await mirrorServer({ "/optdigits.tra": (_, response) => response.end("0,1,2") });
  const loading = loadDataset("optdigits", { folder: join(cache, "none"), cache, mirrors: [server.address] });
  await expect(loading).rejects.toThrow("truncated: 5 of 563639 bytes");
  await server.close();
});

test("the catalogue's hashes are sha256 sums, and no two files share one", () => {
  const files = Object.values(catalogue).flatMap((source) => [...source.train, ...source.test]);
  for (const file of files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(files.map((file) => file.sha256)).size).toBe(files.length);
});

describe.skipIf(data === undefined)(
  `the real files (${data === undefined ? "skipped: set PARAMAT_DATA to the folder that holds mnist/, fashion-mnist/, optdigits/" : "in PARAMAT_DATA"})`,
  () => {
    const offline = { download: false } as const;

    test("mnist has its published class counts", async () => {
      const { train, test: held, shape } = await loadDataset("mnist", offline);
      expect(shape).toEqual([28, 28, 1]);
      expect(train.images.length).toBe(60000 * 784);
      expect(counts(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
      expect(counts(held)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    });

    test("fashion-mnist has 6000 and 1000 of each class", async () => {
      const { train, test: held, classes } = await loadDataset("fashion-mnist", offline);
      expect(classes).toHaveLength(10);
      expect(counts(train)).toEqual(new Array<number>(10).fill(6000));
      expect(counts(held)).toEqual(new Array<number>(10).fill(1000));
    });

    test("optdigits has its published class counts; grey values run from 0 to 1", async () => {
      const { train, test: held, shape } = await loadDataset("optdigits", offline);
      expect(shape).toEqual([8, 8, 1]);
      expect(counts(train)).toEqual([376, 389, 380, 389, 387, 376, 377, 387, 380, 382]);
      expect(counts(held)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
      expect(Math.min(...held.images)).toBe(0);
      expect(Math.max(...held.images)).toBe(1);
    });

    test("train and test take the first n; the hash is checked all the same", async () => {
      const few = await loadDataset("mnist", { ...offline, train: 5, test: 3 });
      expect([...few.train.labels]).toEqual([5, 0, 4, 1, 9]);
      expect([...few.test.labels]).toEqual([7, 2, 1]);
      expect(few.train.images.length).toBe(5 * 784);
      await expect(loadDataset("optdigits", { ...offline, train: 3824 })).rejects.toThrow("cannot take 3824 of 3823 examples");
    });

    test("downloads, verifies and caches what a mirror serves", async () => {
      const serve = async (name: string) => {
        const bytes = await readFile(join(data ?? "", "optdigits", name));
        return (_: unknown, response: { end(bytes: Uint8Array): unknown }) => void response.end(bytes);
      };
      const server = await mirrorServer({
        "/o/optdigits.tra": await serve("optdigits.tra"),
        "/o/optdigits.tes": await serve("optdigits.tes"),
      });
      const options = { folder: join(cache, "none"), cache, mirrors: [`${server.address}/gone/`, `${server.address}/o/`] };
      const first = await loadDataset("optdigits", options);
      await server.close();
      expect([first.train.size, first.test.size]).toEqual([3823, 1797]);
      const kept = await readFile(join(cache, "optdigits", "optdigits.tes"));
      expect(createHash("sha256").update(kept).digest("hex")).toBe(catalogue.optdigits.test[0]!.sha256);
      expect(await loadDataset("optdigits", { ...options, ...offline })).toEqual(first);
    });
  },
);
