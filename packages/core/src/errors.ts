export { BackendError } from "@paramat/backends";

/** Shapes that do not fit together, or an axis or index outside its range. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** A derivative was asked for where none is defined. */
export class NotDifferentiableError extends Error {
  override readonly name = "NotDifferentiableError";
}

/** A map said to be linear is not. */
export class NotLinearError extends Error {
  override readonly name = "NotLinearError";
}

/** A law (adjointness, Taylor order, purity …) that an op or a plug-in breaks. */
export class LawError extends Error {
  override readonly name = "LawError";
}

/** A file or data set that is missing, truncated, foreign or corrupt. */
export class DataError extends Error {
  override readonly name = "DataError";
}
