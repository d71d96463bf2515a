/** One classifier, tried on all test images. */
export interface Tried {
  /** Absent where there is none. */
  readonly lambda?: number;
  /** Share of the test images that are classified rightly. */
  readonly accuracy: number;
  /** Of the weights as images, in periods for each pixel. */
  readonly frequency: number;
}

/** One λ that a method chose, and what it led to. */
export interface Chosen extends Tried {
  readonly method: string;
  readonly outcome: string;
}

export interface PenaltyRecord {
  readonly penalty: string;
  /** Softmax classifiers for every λ looked at. */
  readonly curve: readonly Tried[];
  readonly softmax: readonly Chosen[];
  readonly leastSquares: readonly Chosen[];
}

/** What came out for one draw of the training images. */
export interface SeedRecord {
  readonly seed: number;
  readonly seconds: number;
  /** By L-BFGS from 0. */
  readonly softmaxWithout: Tried;
  /** By Newton–CG from 0. */
  readonly softmaxWithoutByNewton: Tried;
  readonly leastSquaresWithout: Tried;
  readonly penalties: readonly PenaltyRecord[];
}
