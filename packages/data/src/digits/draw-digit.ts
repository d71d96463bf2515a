import type { Rng } from "@paramat/core";
import { drawHand } from "./draw-hand.js";
import { inkLine, type Pen } from "./ink-line.js";
import { type Stroke, type Template, templates } from "./templates.js";
import { traceStroke } from "./trace-stroke.js";

/** Standard deviation of each pen point about the template, as a share of the digit. */
const jitter = 0.03;

/**
 * One hand-drawn digit as bytes: a way of writing it is chosen, its points are moved, the strokes inked, a blot sometimes added, then
 * contrast and noise.
 * @param digit 0 … 9
 * @param size of the square image, in pixels
 * @returns [size, size], 0 background … 255 ink
 */
export function drawDigit(digit: number, size: number, rng: Rng): Uint8Array {
  const template = choose(templates[digit]!, rng);
  const hand = drawHand(template.width, rng);
  const radius = (0.03 + 0.035 * rng.uniform()) * size;
  const ink = 0.7 + 0.3 * rng.uniform();
  const softness = 1 + 0.7 * rng.uniform();
  const canvas = new Float64Array(size * size);
  for (const stroke of template.strokes) {
    const line = traceStroke(shaken(stroke, template.width, rng));
    for (let k = 0; k < line.length; k += 2) {
      const [x, y] = hand(line[k]!, line[k + 1]!);
      line[k] = x * size;
      line[k + 1] = y * size;
    }
    inkLine(canvas, size, line, { startRadius: pressed(radius, rng), endRadius: pressed(radius, rng), softness, ink });
  }
  if (rng.uniform() < 0.2) inkLine(canvas, size, blot(size, rng), { ...thin(radius), softness, ink: ink * (0.3 + 0.4 * rng.uniform()) });
  return developed(canvas, rng);
}

function choose(ways: readonly Template[], rng: Rng): Template {
  let left = rng.uniform() * ways.reduce((sum, way) => sum + way.weight, 0);
  for (const way of ways) {
    left -= way.weight;
    if (left < 0) return way;
  }
  return ways[ways.length - 1]!;
}

/** The same stroke with every point moved a little, sideways as far as upwards in the image. */
function shaken(stroke: Stroke, width: number, rng: Rng): Stroke {
  const sideways = jitter / Math.max(width, 0.3);
  return stroke.map(([x, y, corner]) => {
    const moved = [x + sideways * rng.normal(), y + jitter * rng.normal()] as const;
    return corner === undefined ? moved : [...moved, corner];
  });
}

function pressed(radius: number, rng: Rng): number {
  return radius * (0.75 + 0.5 * rng.uniform());
}

function thin(radius: number): Pick<Pen, "startRadius" | "endRadius"> {
  return { startRadius: radius * 0.6, endRadius: radius * 0.5 };
}

/** A short dash anywhere, in pixels. */
function blot(size: number, rng: Rng): Float64Array {
  const x = rng.uniform() * size;
  const y = rng.uniform() * size;
  return Float64Array.of(x, y, x + (rng.uniform() - 0.5) * 0.3 * size, y + (rng.uniform() - 0.5) * 0.3 * size);
}

/** Paper and pixel noise added; eight bits kept. */
function developed(canvas: Float64Array, rng: Rng): Uint8Array {
  const paper = 0.06 * rng.uniform();
  const noise = 0.01 + 0.04 * rng.uniform();
  const bytes = new Uint8Array(canvas.length);
  for (let i = 0; i < canvas.length; i++) {
    // The sum of two uniforms is bell-like enough for grain, and five times as fast as a normal.
    const grain = noise * 2 * (rng.uniform() + rng.uniform() - 1);
    const grey = paper + (1 - paper) * canvas[i]! + grain;
    bytes[i] = Math.floor(Math.min(Math.max(grey, 0), 1) * 255 + 0.5);
  }
  return bytes;
}
