import type { Stroke } from "./ink-of.js";
import { keyboardPen } from "./keyboard-pen.js";

/** Where digits are drawn: with the mouse, a pen, a finger, or the keyboard. */
export interface DrawingPad {
  /** In pixels of the canvas. */
  strokes(): readonly Stroke[];
  clear(): void;
  /** Shows an image in place of a drawing. */
  show(pixels: Float32Array, height: number, width: number): void;
}

type MutableStroke = (readonly [x: number, y: number])[];

/** @param changed called after every change of the drawing */
export function drawingPad(canvas: HTMLCanvasElement, changed: () => void): DrawingPad {
  const context = canvas.getContext("2d")!;
  let strokes: MutableStroke[] = [];
  let isImage = false;
  const begin = (point: readonly [number, number]) => {
    if (isImage) clear();
    strokes.push([point]);
    extendTo(point);
  };
  const extendTo = (point: readonly [number, number]) => {
    const stroke = strokes.at(-1)!;
    const [x, y] = stroke.at(-1)!;
    stroke.push(point);
    drawLine(context, [x, y], point);
    changed();
  };
  const clear = () => {
    strokes = [];
    isImage = false;
    context.clearRect(0, 0, canvas.width, canvas.height);
  };
  const place = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((clientX - left) / width) * canvas.width, ((clientY - top) / height) * canvas.height] as const;
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    begin(place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [event]) extendTo(place(one));
  });
  keyboardPen(canvas, { begin, extendTo });
  return {
    strokes: () => strokes,
    clear,
    show(pixels, height, width) {
      clear();
      isImage = true;
      const [cellX, cellY] = [canvas.width / width, canvas.height / height];
      pixels.forEach((ink, i) => {
        const grey = Math.round(255 * ink);
        context.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
        context.fillRect((i % width) * cellX, Math.floor(i / width) * cellY, Math.ceil(cellX), Math.ceil(cellY));
      });
    },
  };
}

function drawLine(context: CanvasRenderingContext2D, from: readonly [number, number], to: readonly [number, number]): void {
  context.strokeStyle = "#fff";
  context.lineWidth = context.canvas.width / 14;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
