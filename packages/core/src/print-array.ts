import { type Shape, sizeOf } from "./shape.js";

const EDGE = 3;
const MOST = 200;

/** Numbers as nested brackets, with aligned columns, 6 significant digits, and the middle of long axes left out. */
export function printArray(flat: ArrayLike<number>, shape: Shape): string {
  const shorten = sizeOf(shape) > MOST;
  const picks = (n: number): (number | null)[] => {
    if (!shorten || n <= 2 * EDGE + 1) return Array.from({ length: n }, (_, i) => i);
    return [0, 1, 2, null, n - 3, n - 2, n - 1];
  };
  const cells: string[] = [];
  const visit = (axis: number, start: number, stride: number, show: (cell: string) => string): string => {
    if (axis === shape.length) {
      const cell = printNumber(flat[start] as number);
      cells.push(cell);
      return show(cell);
    }
    const n = shape[axis] as number;
    const inner = n === 0 ? 0 : stride / n;
    const parts = picks(n).map((i) => (i === null ? "…" : visit(axis + 1, start + i * inner, inner, show)));
    const gap = axis === shape.length - 1 ? ", " : `,${"\n".repeat(shape.length - 1 - axis)}${" ".repeat(axis + 1)}`;
    return `[${parts.join(gap)}]`;
  };
  const size = sizeOf(shape);
  visit(0, 0, size, (cell) => cell);
  const width = shape.length < 2 ? 0 : Math.max(0, ...cells.map((c) => c.length));
  return visit(0, 0, size, (cell) => cell.padStart(width));
}

/** A number with at most 6 significant digits. */
export function printNumber(x: number): string {
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return Object.is(x, -0) ? "0" : String(x);
  return String(Number(x.toPrecision(6)));
}
