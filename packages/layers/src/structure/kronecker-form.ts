import { add, complexMul, mul, reshape, type Shape, sizeOf, slice, stack, sub, type Tree, transpose, type Value } from "@paramat/core";
import type { BlockForm } from "./block-form.js";

/** A map's block form with the shapes that it is between. */
export interface FormedMap<Theta extends Tree> {
  readonly inShape: Shape;
  readonly outShape: Shape;
  readonly form: BlockForm<Theta>;
}

/**
 * (U₁ ⊗ U₂)* diag(B_f ⊗ C_g) (V₁ ⊗ V₂) from U₁* diag(B) V₁ and U₂* diag(C) V₂: the Kronecker product of two block forms, blocks (f, g) row-major.
 * Its eigenvalues, singular values and determinants are products of the factors'.
 * Both forms take the parameters of the product.
 */
export function kroneckerForm<Theta extends Tree>(first: FormedMap<Theta>, second: FormedMap<Theta>): FormedMap<Theta> {
  const [a, b] = [first.form, second.form];
  const numBlocks = a.numBlocks * b.numBlocks;
  const [firstIn, secondIn] = [basisOf(a, a.numIn, first.inShape), basisOf(b, b.numIn, second.inShape)];
  const [firstOut, secondOut] = [basisOf(a, a.numOut, first.outShape), basisOf(b, b.numOut, second.outShape)];
  const form = {
    numBlocks,
    numOut: a.numOut * b.numOut,
    numIn: a.numIn * b.numIn,
    sameBasis: a.sameBasis && b.sameBasis,
    isReal: a.isReal && b.isReal,
    blocks(theta: Theta) {
      const left = reshape(a.blocks(theta), [2, a.numBlocks, 1, a.numOut, 1, a.numIn, 1]);
      const right = reshape(b.blocks(theta), [2, 1, b.numBlocks, 1, b.numOut, 1, b.numIn]);
      return reshape(complexMul(left, right), [2, numBlocks, a.numOut * b.numOut, a.numIn * b.numIn]);
    },
    analyze: analyzeBoth(firstIn, a.analyze, secondIn, b.analyze),
    synthesize: synthesizeBoth(firstIn, a.synthesize, secondIn, b.synthesize),
    analyzeOut: analyzeBoth(firstOut, a.analyzeOut, secondOut, b.analyzeOut),
    synthesizeOut: synthesizeBoth(firstOut, a.synthesizeOut, secondOut, b.synthesizeOut),
  };
  return { inShape: [...first.inShape, ...second.inShape], outShape: [...first.outShape, ...second.outShape], form };
}

type Change = (x: Value) => Value;

interface Basis {
  readonly numBlocks: number;
  /** Entries of a block's coefficients. */
  readonly size: number;
  /** One example before the change of basis. */
  readonly shape: Shape;
}

function basisOf<Theta extends Tree>(form: BlockForm<Theta>, size: number, shape: Shape): Basis {
  return { numBlocks: form.numBlocks, size, shape };
}

/** (V₁ ⊗ V₂) y: the second factor along its axes, then the first along its own, on both planes of what that gave. */
function analyzeBoth(a: Basis, analyzeFirst: Change, b: Basis, analyzeSecond: Change): Change {
  const n = sizeOf(a.shape);
  return (y) => {
    const examples = y.shape[0] as number;
    const inner = analyzeSecond(reshape(y, [examples * n, ...b.shape]));
    const rest = [2, examples, n, b.numBlocks, b.size];
    const moved = transpose(reshape(inner, rest), [0, 1, 3, 4, 2]);
    const outer = analyzeFirst(reshape(moved, [2 * examples * b.numBlocks * b.size, ...a.shape]));
    // Planes of the second transform, of the first; V₁(u + iv) = V₁u + i V₁v.
    const parts = reshape(outer, [2, 2, examples, b.numBlocks, b.size, a.numBlocks, a.size]);
    const joined = joinPlanes(parts);
    return reshape(transpose(joined, [0, 1, 4, 2, 5, 3]), [2, examples, a.numBlocks * b.numBlocks, a.size * b.size]);
  };
}

/** Re (V₁ ⊗ V₂)* ŷ. The first factor's real part alone would lose what the second needs: its imaginary part is the real part of −i times it. */
function synthesizeBoth(a: Basis, synthesizeFirst: Change, b: Basis, synthesizeSecond: Change): Change {
  const n = sizeOf(a.shape);
  return (y) => {
    const examples = y.shape[1] as number;
    const split = transpose(reshape(y, [2, examples, a.numBlocks, b.numBlocks, a.size, b.size]), [0, 1, 3, 5, 2, 4]);
    const coefficients = reshape(split, [2, examples * b.numBlocks * b.size, a.numBlocks, a.size]);
    const [re, im] = [0, 1].map((p) => slice(coefficients, 0, p, p + 1)) as [Value, Value];
    const turned = reshape(stack([im, mul(re, -1)]), coefficients.shape);
    const inner = stack([synthesizeFirst(coefficients), synthesizeFirst(turned)]);
    const moved = transpose(reshape(inner, [2, examples, b.numBlocks, b.size, n]), [0, 1, 4, 2, 3]);
    const outer = synthesizeSecond(reshape(moved, [2, examples * n, b.numBlocks, b.size]));
    return reshape(outer, [examples, ...a.shape, ...b.shape]);
  };
}

/** (p + iq) for p, q complex themselves: [2, 2, …], the planes of the complex numbers first, then which of the two, to [2, …]. */
function joinPlanes(parts: Value): Value {
  const part = (plane: number, which: number) => slice(slice(parts, 0, plane, plane + 1), 1, which, which + 1);
  const rest = parts.shape.slice(2);
  const re = sub(part(0, 0), part(1, 1));
  const im = add(part(1, 0), part(0, 1));
  return reshape(stack([re, im]), [2, ...rest]);
}
