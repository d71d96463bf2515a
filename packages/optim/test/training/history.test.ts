import { expect, test } from "vitest";
import type { EpochRecord } from "../../src/training/epoch-record.js";
import { historyOf } from "../../src/training/history.js";

const records: readonly EpochRecord[] = [
  {
    epoch: 1,
    trainLoss: 1 / 3,
    validationLoss: 0.5,
    metrics: { accuracy: 0.75, 'top "5", or so': 1 },
    learningRate: 0.1,
    isBest: true,
    seconds: 2,
  },
  { epoch: 2, trainLoss: 0.25, gradientNorm: 12, isBest: false, seconds: 1.5 },
];

test("is the array of its records, to JSON and to everybody", () => {
  const history = historyOf(records);
  expect(history).toEqual(records);
  expect(JSON.parse(JSON.stringify(history))).toEqual(records);
  expect(history.map((r) => r.epoch)).toEqual([1, 2]);
});

test("as CSV has every digit, empty places, and names that are quoted where they must be", () => {
  expect(historyOf(records).toCsv().split("\n")).toEqual([
    'epoch,trainLoss,validationLoss,accuracy,"top ""5"", or so",learningRate,gradientNorm,isBest,seconds',
    "1,0.3333333333333333,0.5,0.75,1,0.1,,true,2",
    "2,0.25,,,,,12,false,1.5",
    "",
  ]);
});

test("as text is a table of what there is", () => {
  const plain = records.map(({ metrics: _, ...rest }) => rest);
  expect(String(historyOf(plain)).split("\n")).toEqual([
    "epoch    loss  validation  learning rate  ‖gradient‖  best  seconds",
    "    1  0.3333         0.5            0.1                 *        2",
    "    2    0.25                                     12            1.5",
  ]);
  expect(String(historyOf([]))).toBe("no epoch is finished yet");
});
