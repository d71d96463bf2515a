import { beforeAll, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";
import { type TrainedInPage, trainInPage } from "./train-in-page.js";

inBrowser("training in a page", () => {
  const run = {} as { trained: TrainedInPage };
  beforeAll(async () => {
    run.trained = await runInPage(trainInPage, "train-in-page.js");
  }, 120_000);

  test("makes the loss smaller, on the examples held out too", () => {
    const { stoppedBy, losses, validationLosses } = run.trained;
    expect(stoppedBy).toBe("epochs");
    expect(losses).toHaveLength(4);
    for (let epoch = 1; epoch < 4; epoch++) expect(losses[epoch]).toBeLessThan(losses[epoch - 1]!);
    // Guessing costs log 10.
    expect(losses[3]).toBeLessThan(0.6 * Math.log(10));
    expect(validationLosses[3]).toBeLessThan(0.8 * Math.log(10));
  });

  test("tells its progress after each batch and each epoch, and closes the reporter once", () => {
    const { batches, epochs, closed } = run.trained.reported;
    expect(batches.map(({ epoch, batch }) => [epoch, batch])).toEqual(
      [1, 2, 3, 4].flatMap((epoch) => Array.from({ length: 10 }, (_, i) => [epoch, i + 1])),
    );
    expect(epochs.map((record) => record.trainLoss)).toEqual(run.trained.losses);
    expect(closed).toBe(1);
  });

  test("leaves the page its turns", () => {
    expect(run.trained.turns).toBeGreaterThan(3);
  });

  test("a run that is resumed from a checkpoint ends with the same bits", () => {
    expect(run.trained.resumedDifference).toBe(0);
  });
});
