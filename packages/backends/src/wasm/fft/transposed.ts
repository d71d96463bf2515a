import {
  advance,
  type Code,
  forRange,
  i8x16,
  i32,
  type Local,
  type Scope,
  select,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
  when,
} from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Rows, Strip } from "./layout.js";

export interface TransposeOptions {
  /** Length of a line. */
  readonly length: number;
  /** Lines lie one after another: line w at base + w·row; `planes` of it are copied. */
  readonly lines: Rows;
  /** Entry j of all lines is a row of the strip. */
  readonly columns: Rows;
  readonly strip: Strip;
  /** Only the real plane is there; the imaginary one is not copied. */
  readonly isReal?: boolean;
}

/** Lines to columns: strip[j][w] = line w's entry j. Parameters: lines, columns, and how many lines there are (the last one stands in for those beyond). */
export function linesToColumns(module: WasmModule, numbers: Numbers, options: TransposeOptions): WasmFunction {
  const { lines, columns, strip, length } = options;
  const { vector, lanes, bytes } = numbers;
  return module.func(["i32", "i32", "i32"], [], (params, scope) => {
    const [from, to, count] = params as [Local, Local, Local];
    const j = scope.local("i32");
    return sequence(
      ...Array.from({ length: strip.vectors }, (_, v) => {
        const starts = Array.from({ length: lanes }, () => scope.local("i32"));
        const clamped = starts.map((start, i) => {
          const line = v * lanes + i;
          return set(start, i32.add(from, i32.mul(select("i32", i32.gtS(count, line), line, i32.sub(count, 1)), lines.row)));
        });
        const target = scope.local("i32");
        const move = (rows: number): Code =>
          planesOf(options).flatMap((plane) => {
            const read = starts.map((start) => scopeLoad(numbers, scope, start, lines[plane]));
            const turned = transposeBlock(
              numbers,
              scope,
              read.map((x) => x.variable),
            );
            const stores = turned.variables
              .slice(0, rows)
              .map((x, k) => vector.store(target, x, k * columns.row + 16 * v + columns[plane]));
            return sequence(...read.map((x) => x.code), turned.code, ...stores);
          });
        const rest = length % lanes;
        return sequence(
          ...clamped,
          set(target, to),
          forRange(
            j,
            0,
            length - rest,
            lanes,
            sequence(move(lanes), ...starts.map((start) => advance(start, lanes * bytes)), advance(target, lanes * columns.row)),
          ),
          rest > 0 ? move(rest) : [],
        );
      }),
    );
  });
}

/** Columns to lines, the same way back; lines beyond the count are not written. Parameters: columns, lines, count. */
export function columnsToLines(module: WasmModule, numbers: Numbers, options: TransposeOptions): WasmFunction {
  const { lines, columns, strip, length } = options;
  const { vector, lanes, bytes } = numbers;
  return module.func(["i32", "i32", "i32"], [], (params, scope) => {
    const [from, to, count] = params as [Local, Local, Local];
    const [j, source, target] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
    return sequence(
      ...Array.from({ length: strip.vectors }, (_, v) => {
        const move = (entries: number): Code =>
          planesOf(options).flatMap((plane) => {
            const read = Array.from({ length: lanes }, (_, k) =>
              scopeLoad(numbers, scope, source, k * columns.row + 16 * v + columns[plane]),
            );
            const turned = transposeBlock(
              numbers,
              scope,
              read.map((x) => x.variable),
            );
            const stores = turned.variables.map((x, i) => {
              const at = i * lines.row + lines[plane];
              const store =
                entries === lanes
                  ? vector.store(target, x, at)
                  : Array.from({ length: entries }, (_, lane) => vector.storeLane(target, x, lane, at + lane * bytes)).flat();
              return when(i32.gtS(count, v * lanes + i), store);
            });
            return sequence(...read.map((x) => x.code), turned.code, ...stores);
          });
        const rest = length % lanes;
        return sequence(
          set(source, from),
          set(target, i32.add(to, v * lanes * lines.row)),
          forRange(j, 0, length - rest, lanes, sequence(move(lanes), advance(source, lanes * columns.row), advance(target, lanes * bytes))),
          rest > 0 ? move(rest) : [],
        );
      }),
    );
  });
}

function planesOf({ isReal }: TransposeOptions): readonly ("re" | "im")[] {
  return isReal ? ["re"] : ["re", "im"];
}

function scopeLoad({ vector }: Numbers, scope: Scope, address: Local, offset: number) {
  const variable = scope.local("v128");
  return { variable, code: set(variable, vector.load(address, offset)) };
}

/** A square block of lanes × lanes numbers, transposed in registers. */
function transposeBlock(
  { lanes }: Numbers,
  scope: Scope,
  rows: readonly Local[],
): { readonly code: Code; readonly variables: readonly Local[] } {
  const pieces: Code[] = [];
  const shuffle = (x: Local, y: Local, words: readonly number[], size: number): Local => {
    const variable = scope.local("v128");
    pieces.push(
      set(
        variable,
        i8x16.shuffle(
          x,
          y,
          words.flatMap((w) => Array.from({ length: size }, (_, b) => w * size + b)),
        ),
      ),
    );
    return variable;
  };
  if (lanes === 2) {
    const [a, b] = rows as [Local, Local];
    return { variables: [shuffle(a, b, [0, 2], 8), shuffle(a, b, [1, 3], 8)], code: pieces.flat() };
  }
  const [a, b, c, d] = rows as [Local, Local, Local, Local];
  const [ab, cd] = [shuffle(a, b, [0, 4, 1, 5], 4), shuffle(c, d, [0, 4, 1, 5], 4)];
  const [ab2, cd2] = [shuffle(a, b, [2, 6, 3, 7], 4), shuffle(c, d, [2, 6, 3, 7], 4)];
  const variables = [ab, ab2].flatMap((left, i) =>
    [[0, 2] as const, [1, 3] as const].map((pick) => shuffle(left, i === 0 ? cd : cd2, pick, 8)),
  );
  return { variables, code: pieces.flat() };
}
