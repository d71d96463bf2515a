/** A backend that is not there, arrays of two backends in one op, numbers that were freed or do not fit, or a read that the backend cannot do. */
export class BackendError extends Error {
  override readonly name = "BackendError";
}
