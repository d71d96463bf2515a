import { add, concat, type Shape, ShapeError, sameShape, showShape, split, type Value } from "@paramat/core";
import { blockTags } from "../../structure/tag-algebra.js";
import type { Tag } from "../../tag.js";
import { linearOperator } from "../checked-operator.js";
import type { LinearOperator } from "../linear-operator.js";

/**
 * The block matrix [A₁₁ A₁₂ …; A₂₁ A₂₂ …; …] of fixed maps on channels: inputs are joined along their last axis, and so are results. null is a zero
 * block.
 * @param rows of as many blocks each; those of one row give the same shape, those of one column take the same shape
 * @throws ShapeError if the rows are ragged, the shapes do not fit, or a row or a column holds null only (`zeroOperator` says its shape)
 */
export function blockOperator(rows: readonly (readonly (LinearOperator | null)[])[]): LinearOperator {
  const op = "block";
  const numCols = rows[0]?.length ?? 0;
  if (numCols === 0 || rows.some((row) => row.length !== numCols)) {
    throw new ShapeError(`${op}: rows of ${rows.map((row) => row.length).join(", ") || "no"} blocks; all must have as many, at least one`);
  }
  const columns = Array.from({ length: numCols }, (_, j) => rows.map((row) => row[j] ?? null));
  const outShapes = rows.map((row, i) => commonShape(`row ${i}`, "gives", row, (A) => A.outShape));
  const inShapes = columns.map((column, j) => commonShape(`column ${j}`, "takes", column, (A) => A.inShape));
  const inputs = joinedShape("columns", inShapes);
  const outputs = joinedShape("rows", outShapes);
  return linearOperator({
    name: `[${rows.map((row) => row.map((A) => A?.name ?? "0").join(", ")).join("; ")}]`,
    inShape: inputs.shape,
    outShape: outputs.shape,
    tags: tagsOf(rows, inputs.shape.length),
    apply(y) {
      const parts = inputs.split(y);
      const terms = rows.map((row) => row.flatMap((A, j) => (A ? [A.apply(parts[j] as Value)] : [])));
      return concat(terms.map(total), { axis: -1 });
    },
    applyTranspose(z) {
      const parts = outputs.split(z);
      const terms = columns.map((column) => column.flatMap((A, i) => (A ? [A.applyTranspose(parts[i] as Value)] : [])));
      return concat(terms.map(total), { axis: -1 });
    },
  });
}

/** Channels of one grid point lie together, so on a grid the matrix is that of blocks with rows and columns in another order: equally for both. */
function tagsOf(rows: readonly (readonly (LinearOperator | null)[])[], axes: number): readonly Tag[] {
  if (rows.some((row, i) => row[i] && !sameShape(row[i].inShape, row[i].outShape))) return [];
  const tags = blockTags(rows.map((row) => row.map((A) => A && (A.tags ?? []))));
  const kept: readonly Tag[] = ["diagonal", "symmetric", "antisymmetric", "positiveSemidefinite", "orthogonal", "mMatrix"];
  return axes === 1 || rows.length === 1 ? tags : tags.filter((tag) => kept.includes(tag));
}

/** Shapes joined along the last axis, and how to take such an array apart. */
export function joinedShape(what: string, shapes: readonly Shape[]): { readonly shape: Shape; split(x: Value): Value[] } {
  const [first] = shapes as readonly [Shape];
  const odd = shapes.find((shape) => shape.length === 0 || !sameShape(shape.slice(0, -1), first.slice(0, -1)));
  if (odd) {
    throw new ShapeError(`block: ${what} of ${showShape(first)} and ${showShape(odd)}; all axes but the last (the channels) must agree`);
  }
  const channels = shapes.map((shape) => shape.at(-1) as number);
  return {
    shape: [...first.slice(0, -1), channels.reduce((a, b) => a + b, 0)],
    split: (x) => split(x, channels, -1),
  };
}

function commonShape(
  where: string,
  verb: string,
  blocks: readonly (LinearOperator | null)[],
  shapeOf: (A: LinearOperator) => Shape,
): Shape {
  const present = blocks.flatMap((A) => (A ? [A] : []));
  const [first] = present;
  if (!first)
    throw new ShapeError(`block: ${where} holds no block, so its shape is unknown; put zeroOperator(inShape, outShape) into one place`);
  const odd = present.find((A) => !sameShape(shapeOf(A), shapeOf(first)));
  if (odd) {
    throw new ShapeError(
      `block: in ${where} ${first.name} ${verb} ${showShape(shapeOf(first))}, ${odd.name} ${verb} ${showShape(shapeOf(odd))}; they must agree`,
    );
  }
  return shapeOf(first);
}

function total(terms: readonly Value[]): Value {
  return terms.reduce((a, b) => add(a, b));
}
