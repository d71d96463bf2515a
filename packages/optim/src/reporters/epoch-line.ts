import { printNumber } from "@paramat/core";
import type { EpochRecord } from "../training/epoch-record.js";
import type { Unit } from "./reporter.js";

/** `epoch 3/10  loss 0.1234  validation 0.1456  topK 0.9712  2.3 s  (best)`. */
export function epochLine(record: EpochRecord, epochs: number, unit: Unit = "epoch"): string {
  const { epoch, trainLoss, validationLoss, metrics = {}, seconds, isBest } = record;
  const width = String(epochs).length;
  return [
    `${unit} ${String(epoch).padStart(width)}/${epochs}`,
    `loss ${lossText(trainLoss)}`,
    validationLoss === undefined ? "" : `validation ${lossText(validationLoss)}`,
    ...Object.entries(metrics).map(([name, value]) => `${name} ${lossText(value)}`),
    seconds < 60 ? `${seconds.toFixed(1)} s` : duration(seconds),
    isBest ? "(best)" : "",
  ]
    .filter((part) => part !== "")
    .join("  ");
}

/** Four significant digits. */
export function lossText(loss: number): string {
  return printNumber(Number(loss.toPrecision(4)));
}

/** `0:07`, `12:34`, `1:02:03`; `?` where it is not known. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.ceil(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
