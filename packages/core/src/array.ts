import type { Backend, Buffer } from "@paramat/backends";
import { BackendError, ShapeError } from "./errors.js";
import { printArray } from "./print-array.js";
import { checkShape, type Shape, sameShape, showShape, sizeOf } from "./shape.js";
import { type Nested, type StoredArray, type Value, valueBrand } from "./value.js";

/** An n-dimensional array of real numbers, row-major and immutable, whose numbers a backend owns. */
export class NDArray implements StoredArray {
  readonly [valueBrand] = true;
  readonly size: number;

  readonly buffer: Buffer;

  /** Whether the place of its numbers will be given to others. */
  readonly isLent: boolean;

  /** @param lease is asked before each use of the numbers: it throws once their place has been given to others */
  constructor(
    readonly backend: Backend,
    buffer: Buffer,
    readonly shape: Shape,
    lease?: () => void,
  ) {
    this.size = sizeOf(shape);
    this.buffer = buffer;
    this.isLent = lease !== undefined;
    if (lease) Object.defineProperty(this, "buffer", { get: () => leased(buffer, lease) });
  }

  get array(): NDArray {
    return this;
  }

  item(): number {
    if (this.size !== 1)
      throw new ShapeError(`item: the array has shape ${showShape(this.shape)}; item() reads arrays of exactly one entry`);
    return read("item", this)[0] as number;
  }

  toArray(): Float64Array {
    return read("toArray", this);
  }

  toNested(): Nested {
    const flat = read("toNested", this);
    const nest = (axis: number, start: number, stride: number): Nested => {
      if (axis === this.shape.length) return flat[start] as number;
      const n = this.shape[axis] as number;
      const inner = n === 0 ? 0 : stride / n;
      return Array.from({ length: n }, (_, i) => nest(axis + 1, start + i * inner, inner));
    };
    return nest(0, 0, this.size);
  }

  async read(): Promise<Float64Array> {
    return asFloat64(await this.backend.read(this.buffer));
  }

  toJSON(): Nested {
    return this.toNested();
  }

  /** What console.log shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  toString(): string {
    if (this.backend.records) return `NDArray ${showShape(this.shape)} on ${this.backend.name}`;
    return this.backend.readSync ? printArray(this.toArray(), this.shape) : `NDArray ${showShape(this.shape)} on ${this.backend.name}`;
  }
}

/**
 * An array on `backend` from numbers: a number, nested arrays, or flat numbers with a shape.
 * @param shape needed only for flat numbers that mean more than one axis
 * @throws ShapeError if the nesting is ragged or the count does not match `shape`
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * ndarray(cpu(), [[1, 2], [3, 4]]).shape; // → [2, 2]
 */
export function ndarray(backend: Backend, values: Nested | ArrayLike<number>, shape?: Shape): Value {
  if (typeof values === "number") return fromFlat(backend, [values], shape ?? []);
  if (ArrayBuffer.isView(values)) return fromFlat(backend, values as ArrayLike<number>, shape ?? [values.length]);
  const found = nestedShape(values as Nested);
  const flat = (found.length > 1 ? (values as readonly unknown[]).flat(found.length - 1) : values) as readonly number[];
  const odd = flat.findIndex((x) => typeof x !== "number");
  if (odd >= 0) throw mixed(flat[odd], found);
  return fromFlat(backend, flat, shape ?? found);
}

/** Every entry is `value`. */
export function full(backend: Backend, shape: Shape, value: number): Value {
  return fromFlat(backend, new Float64Array(sizeOf(checkShape("full", shape))).fill(value), shape);
}

export function zeros(backend: Backend, shape: Shape): Value {
  return full(backend, shape, 0);
}

export function ones(backend: Backend, shape: Shape): Value {
  return full(backend, shape, 1);
}

/** The numbers now. @param op who asks */
function read(op: string, { backend, buffer }: NDArray): Float64Array {
  if (!backend.readSync) throw new BackendError(`${op}: ${backend.name} cannot be read without waiting; use \`await x.read()\``);
  return asFloat64(backend.readSync(buffer));
}

/** float32 numbers are float64 numbers too; one type of array serves every reader. */
function asFloat64(numbers: Float64Array | Float32Array): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}

function fromFlat(backend: Backend, flat: ArrayLike<number>, shape: Shape): NDArray {
  checkShape("ndarray", shape);
  if (sizeOf(shape) !== flat.length) {
    throw new ShapeError(`ndarray: ${flat.length} numbers do not fill shape ${showShape(shape)}, which has ${sizeOf(shape)} entries`);
  }
  return new NDArray(backend, backend.upload(flat), shape);
}

/** Sizes along each axis, by the first entry of each; that the others agree is checked on the way. Numbers themselves are looked at once, when all are in one row. */
function nestedShape(values: Nested): Shape {
  if (!Array.isArray(values)) return [];
  const entries = values as readonly Nested[];
  if (!Array.isArray(entries[0])) return [entries.length];
  const first = nestedShape(entries[0]);
  for (let i = 1; i < entries.length; i++) {
    const other = nestedShape(entries[i] as Nested);
    if (!sameShape(first, other)) {
      throw new ShapeError(
        `ndarray: ragged nesting: entry 0 has shape ${showShape(first)}, entry ${i} has ${showShape(other)}; all must agree`,
      );
    }
  }
  return [entries.length, ...first];
}

function mixed(found: unknown, shape: Shape): ShapeError {
  const ragged = Array.isArray(found)
    ? `an array stands among the numbers of the innermost of ${shape.length} axes`
    : `found ${String(found)} among the entries`;
  return new ShapeError(`ndarray: ${ragged}; every entry must be a number`);
}

function leased(buffer: Buffer, lease: () => void): Buffer {
  lease();
  return buffer;
}
