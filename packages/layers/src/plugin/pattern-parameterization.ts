import { add, ndarray, reshape, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import type { LinearOperator } from "../operator/linear-operator.js";
import { randomNormal } from "../parameterizations/random-normal.js";
import { checkedContractions } from "./checked-contractions.js";
import type { Declared } from "./declared.js";
import { entryValues } from "./entry-values.js";
import { filledEntries } from "./filled-entries.js";
import type { ExplicitParameterization, MatrixEntries } from "./matrix-entries.js";
import { patternProduct } from "./pattern-product.js";
import { scaledInit } from "./scaled-init.js";

export interface PatternOptions extends Declared {
  readonly name: string;
  /** Sizes whose product is n; vectors of n numbers if left out. */
  readonly inShape?: Shape;
  /** Sizes whose product is m; vectors of m numbers if left out. */
  readonly outShape?: Shape;
  /** Sizes whose product is p; a vector if left out. */
  readonly thetaShape?: Shape;
}

/**
 * K(θ) from its entries: vals = Q̃θ + a₀ on a sparse pattern, K y a sparse product, and the gradient Q̃ᵀ applied to the products z_i y_j sampled on
 * the pattern (lecture, "Differentiating Parametric Models", K(θ) = mat(Qθ)). Nothing of size m·n is formed unless the pattern itself fills a third of it.
 * Several axes are taken as one, row-major.
 * @throws ShapeError if a shape does not have as many entries as the matrix has rows, columns or parameters
 */
export function patternParameterization(entries: MatrixEntries, options: PatternOptions): ExplicitParameterization {
  const { pattern, coefficients, constant } = filledEntries(entries);
  const { numRows: m, numCols: n } = pattern;
  const p = coefficients.pattern.numCols;
  const { name, inShape = [n], outShape = [m], thetaShape = [p], init, ...declared } = options;
  requireSize(name, "inShape", inShape, n, "columns");
  requireSize(name, "outShape", outShape, m, "rows");
  requireSize(name, "thetaShape", thetaShape, p, "parameters");
  const fromTheta = entryValues({ pattern, coefficients });
  const product = patternProduct(pattern);
  const offset = (x: Value) => (constant ? ndarray(x.backend, constant) : null);
  const values = (theta: Value) => {
    const linear = fromTheta.apply(reshape(theta, [p]));
    const fixed = offset(theta);
    return fixed ? add(linear, fixed) : linear;
  };
  const asRows = (x: Value, size: number) => reshape(x, [x.shape[0] as number, size]);
  const shaped = (x: Value, shape: Shape) => reshape(x, [x.shape[0] as number, ...shape]);
  const contractions = checkedContractions({
    name,
    thetaShape,
    inShape,
    outShape,
    apply: (theta, y) => shaped(product.apply(values(theta), asRows(y, n)), outShape),
    applyTranspose: (theta, z) => shaped(product.applyTranspose(values(theta), asRows(z, m)), inShape),
    jacobianTranspose: (y, z) => reshape(fromTheta.applyTranspose(product.jacobianTranspose(asRows(y, n), asRows(z, m))), thetaShape),
  });
  const fixedPart: LinearOperator = {
    name: `${name} at θ = 0`,
    inShape,
    outShape,
    apply: (y) => shaped(product.apply(offset(y) as Value, asRows(y, n)), outShape),
    applyTranspose: (z) => shaped(product.applyTranspose(offset(z) as Value, asRows(z, m)), inShape),
  };
  // E‖K(θ)y‖² = σ²·Σ q²·var y over the m rows, so this σ gives each row twice the variance of y (as for a dense matrix before a relu).
  const deviation = Math.sqrt(
    (2 * m) /
      Math.max(
        coefficients.values.reduce((s, q) => s + q * q, 0),
        Number.MIN_VALUE,
      ),
  );
  return {
    name,
    thetaShape,
    numParams: p,
    inShape,
    outShape,
    ...contractions,
    init:
      init ??
      ((rng, backend) =>
        declared.constraint
          ? scaledInit({ thetaShape, inShape, apply: contractions.apply, constraint: declared.constraint, outShape }, rng, backend)
          : randomNormal(rng, backend, thetaShape, deviation)),
    ...declared,
    ...(constant ? { fixedPart } : {}),
    entries: () => entries,
  };
}

function requireSize(name: string, what: string, shape: Shape, size: number, counted: string): void {
  if (sizeOf(shape) !== size) {
    throw new ShapeError(`${name}: ${what} is ${showShape(shape)}, with ${sizeOf(shape)} entries; the matrix has ${size} ${counted}`);
  }
}
