/** Which class was taken for which. */
export interface Confusion {
  /** counts[i][j]: examples of class i that were taken for class j. */
  readonly counts: readonly (readonly number[])[];
  /** Examples of class i whose output holds NaN: taken for no class, and not right. */
  readonly undecided: readonly number[];
  /** Part of all that is right. */
  readonly accuracy: number;
  /** For each class. */
  readonly classes: readonly ClassScores[];
  /** Means over the classes for which the number is one. */
  readonly macro: Omit<ClassScores, "support">;
  /** A table with the labels: a row for each true class, a column for each class it was taken for. */
  toString(): string;
}

export interface ClassScores {
  /** Part of those taken for the class that are of it; NaN where none was. */
  readonly precision: number;
  /** Part of the class that was taken for it; NaN where the class has no example. */
  readonly recall: number;
  /** 2·tp/(2·tp + fp + fn): the harmonic mean of both; NaN where the class neither has an example nor was taken for one. */
  readonly f1: number;
  /** Examples of the class. */
  readonly support: number;
}
