import { showShape, sizeOf, type Value } from "@paramat/core";
import type { MatrixEntries } from "../../plugin/matrix-entries.js";
import { hasEntries } from "../../plugin/matrix-entries.js";
import { gapBetween } from "../gap.js";
import { compareAt, type Finding, type Law } from "../law.js";
import { gainOf, type NaiveMatrix, norm, randomPoint, roundingOf, type Trial } from "../trial.js";

/** K(θ)y is the product with the matrix that was written out naively (the oracle). */
export const oracleMatrix: Law = {
  name: "the matrix, naively",
  check: (trial) =>
    trial.matrix ? againstMatrix(trial, "K(θ)y is the given matrix times y", trial.matrix) : absent("no matrix was given"),
};

/** K(θ)y is the product with the matrix of the entries that K says it has. */
export const statedEntries: Law = {
  name: "entries",
  check(trial) {
    const { K } = trial;
    if (!hasEntries(K)) return absent("K does not say its entries");
    const entries = K.entries();
    return againstMatrix(trial, "K(θ)y is the matrix of entries() times y", (theta) => rowsOf(entries, theta));
  },
};

function absent(detail: string): Finding {
  return { verdict: "note", error: 0, detail };
}

function againstMatrix(trial: Trial, claim: string, matrix: NaiveMatrix): Finding {
  const { K, backend } = trial;
  const [m, n] = [sizeOf(K.outShape), sizeOf(K.inShape)];
  const { θ, y } = randomPoint(trial);
  const rows = matrix(Array.from(θ.flat));
  const odd = rows.find((row) => row.length !== n);
  if (rows.length !== m || odd) {
    const detail = `broken: the given matrix is ${rows.length} × ${(odd ?? rows[0])?.length ?? 0}; K is ${m} × ${n} (${showShape(K.inShape)} → ${showShape(K.outShape)})`;
    return { verdict: "broken", error: 1, detail };
  }
  const gain = gainOf(trial);
  const limit = n * roundingOf({ θ, y }, backend);
  return compareAt(trial, { θ, y }, [
    ({ θ, y }) =>
      gapBetween(claim, product(matrix(Array.from(θ.toArray())), y, n), K.apply(θ, y), {
        scale: gain * norm(θ.toArray()) * norm(y.toArray()),
        limit,
        isResult: true,
      }),
  ]);
}

function product(rows: readonly (readonly number[])[], y: Value, n: number): number[] {
  const flat = y.toArray();
  const examples = Array.from({ length: y.shape[0] as number }, (_, e) => flat.subarray(e * n, (e + 1) * n));
  return examples.flatMap((one) => rows.map((row) => row.reduce((sum, entry, j) => sum + entry * (one[j] as number), 0)));
}

function rowsOf({ pattern, coefficients, constant }: MatrixEntries, theta: readonly number[]): number[][] {
  const values = Array.from(pattern.rows, (_, k) => constant?.[k] ?? 0);
  coefficients.values.forEach((q, t) => {
    const k = coefficients.pattern.rows[t] as number;
    values[k] = (values[k] as number) + q * (theta[coefficients.pattern.cols[t] as number] as number);
  });
  const matrix = Array.from({ length: pattern.numRows }, () => new Array<number>(pattern.numCols).fill(0));
  values.forEach((value, k) => {
    (matrix[pattern.rows[k] as number] as number[])[pattern.cols[k] as number] = value;
  });
  return matrix;
}
