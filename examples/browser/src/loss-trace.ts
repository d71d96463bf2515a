import type { TracePoint } from "./messages.js";

/** The losses of all batches so far, as few points: where there are too many, neighbours are put together. */
export interface LossTrace {
  add(epoch: number, loss: number): void;
  points(): readonly TracePoint[];
}

/** @param most points that are kept, an even number */
export function lossTrace(most = 400): LossTrace {
  let points: TracePoint[] = [];
  let batchesEach = 1;
  let sum = { epoch: 0, loss: 0, count: 0 };
  return {
    points: () => points,
    add(epoch, loss) {
      sum = { epoch: sum.epoch + epoch, loss: sum.loss + loss, count: sum.count + 1 };
      if (sum.count < batchesEach) return;
      points.push({ epoch: sum.epoch / sum.count, loss: sum.loss / sum.count });
      sum = { epoch: 0, loss: 0, count: 0 };
      if (points.length < most) return;
      points = Array.from({ length: most / 2 }, (_, i) => mean(points[2 * i]!, points[2 * i + 1]!));
      batchesEach *= 2;
    },
  };
}

function mean(a: TracePoint, b: TracePoint): TracePoint {
  return { epoch: (a.epoch + b.epoch) / 2, loss: (a.loss + b.loss) / 2 };
}
