/** One breach of a rule of the house: where it is and what would be right. */
export interface Violation {
  readonly rule: string;
  /** Relative to the repository. */
  readonly file: string;
  /** From 1; absent where the whole file is meant. */
  readonly line?: number;
  readonly message: string;
}

/** `file:line  rule: message` */
export function printViolation(v: Violation): string {
  return `${v.file}${v.line === undefined ? "" : `:${v.line}`}  ${v.rule}: ${v.message}`;
}
