/** Cuts a row of units, which can grow at its end, into blocks. */
export interface BlockAllocator {
  /** A block of at least 1 unit, by its number, or −1 if no free stretch is long enough. */
  allocate(units: number): number;
  /** The block's units are free again, and its number too. */
  free(block: number): void;
  /** The row becomes longer by `units`. */
  extend(units: number): void;
  /** Where the block begins. */
  start(block: number): number;
  size(block: number): number;
  /** Free units at the end of the row, which an extension would join. */
  freeAtEnd(): number;
  /** Stretches, free or in use, that the row is cut into. */
  stretches(): number;
}

/**
 * Two-level segregated fit (Masmano, Ripoll, Crespo and Real 2004): free blocks lie in lists by size, 16 lists between one power of two and the next, and two
 * levels of bits say which lists have any, so that allocating and freeing take constant time. Neighbours that are free are always one.
 * @remarks Differs from the paper in: 1. bookkeeping lies in arrays of its own, not in the memory that is cut; 2. where no list promises a fit, the list of
 * the size itself is searched before giving up.
 */
export function blockAllocator(): BlockAllocator {
  const [start, size, isFree]: [number[], number[], boolean[]] = [[], [], []];
  // Neighbours in the row, and in the list of free blocks of this class.
  const [left, right, before, after]: number[][] = [[], [], [], []] as [number[], number[], number[], number[]];
  const unusedNumbers: number[] = [];
  const heads = new Int32Array(CLASSES).fill(NONE);
  const columns = new Int32Array(ROWS);
  let [rows, last, length] = [0, NONE, 0];

  const link = (block: number): void => {
    const list = classOf(size[block]!);
    const head = heads[list]!;
    isFree[block] = true;
    before[block] = NONE;
    after[block] = head;
    if (head !== NONE) before[head] = block;
    heads[list] = block;
    columns[list >> 4]! |= 1 << (list & 15);
    rows |= 1 << (list >> 4);
  };
  const unlink = (block: number): void => {
    const [previous, next] = [before[block]!, after[block]!];
    isFree[block] = false;
    if (next !== NONE) before[next] = previous;
    if (previous !== NONE) {
      after[previous] = next;
      return;
    }
    const list = classOf(size[block]!);
    heads[list] = next;
    if (next !== NONE) return;
    columns[list >> 4]! &= ~(1 << (list & 15));
    if (columns[list >> 4] === 0) rows &= ~(1 << (list >> 4));
  };
  const insert = (at: number, units: number, afterBlock: number): number => {
    const block = unusedNumbers.pop() ?? start.length;
    const next = afterBlock === NONE ? NONE : right[afterBlock]!;
    start[block] = at;
    size[block] = units;
    isFree[block] = false;
    left[block] = afterBlock;
    right[block] = next;
    if (afterBlock !== NONE) right[afterBlock] = block;
    if (next !== NONE) left[next] = block;
    else last = block;
    return block;
  };
  /** Takes `block` out of the row; its units go to its left neighbour. */
  const join = (block: number): number => {
    const [kept, next] = [left[block]!, right[block]!];
    size[kept]! += size[block]!;
    right[kept] = next;
    if (next !== NONE) left[next] = kept;
    else last = kept;
    unusedNumbers.push(block);
    return kept;
  };
  /** The first free block of a class from `list` on. */
  const firstFrom = (list: number): number => {
    const row = list >> 4;
    const columnBits = columns[row]! & (-1 << (list & 15));
    if (columnBits !== 0) return heads[(row << 4) | lowestBit(columnBits)]!;
    const rowBits = rows & (-2 << row);
    if (rowBits === 0) return NONE;
    const found = lowestBit(rowBits);
    return heads[(found << 4) | lowestBit(columns[found]!)]!;
  };
  const searchOwnClass = (units: number): number => {
    let block = heads[classOf(units)]!;
    while (block !== NONE && size[block]! < units) block = after[block]!;
    return block;
  };

  return {
    allocate(units) {
      let block = firstFrom(fittingClass(units));
      if (block === NONE) block = searchOwnClass(units);
      if (block === NONE) return NONE;
      unlink(block);
      const rest = size[block]! - units;
      if (rest > 0) {
        size[block] = units;
        link(insert(start[block]! + units, rest, block));
      }
      return block;
    },
    free(block) {
      let joined = block;
      const [previous, next] = [left[block]!, right[block]!];
      if (next !== NONE && isFree[next]) {
        unlink(next);
        join(next);
      }
      if (previous !== NONE && isFree[previous]) {
        unlink(previous);
        joined = join(block);
      }
      link(joined);
    },
    extend(units) {
      if (last !== NONE && isFree[last]) {
        unlink(last);
        size[last]! += units;
        link(last);
      } else link(insert(length, units, last));
      length += units;
    },
    start: (block) => start[block]!,
    size: (block) => size[block]!,
    freeAtEnd: () => (last !== NONE && isFree[last] ? size[last]! : 0),
    stretches: () => start.length - unusedNumbers.length,
  };
}

const NONE = -1;
/** Row 0 holds a list for each size below 16; row r holds sizes from 2^(r+3) on, up to 2²⁶ units. */
const ROWS = 24;
const CLASSES = 16 * ROWS;

/** The list that a free block of this size lies in. */
function classOf(units: number): number {
  if (units < 16) return units;
  const power = 31 - Math.clz32(units);
  return ((power - 3) << 4) | ((units >> (power - 4)) & 15);
}

/** The first list whose blocks all have at least this size. */
function fittingClass(units: number): number {
  return units < 16 ? units : classOf(units + (1 << (27 - Math.clz32(units))) - 1);
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
