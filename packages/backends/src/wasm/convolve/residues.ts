/**
 * Along one axis, y[p] = Σ_{i, t: s·i + d·t = p} θ[k − 1 − t] z[i] seen at the positions p = s·q + residue: those taps t that can meet it are
 * first, first + step, …, and y[s·q + residue] = Σ_u θ[k − 1 − first − u·step] · z[q − shift − u·spacing], so that no inserted zero is multiplied.
 */
export interface Residue {
  readonly residue: number;
  /** How many q there are. */
  readonly count: number;
  readonly taps: number;
  readonly first: number;
  readonly step: number;
  readonly shift: number;
  readonly spacing: number;
}

/** Every residue of 0 … stride − 1 that has a position in a grid of `size`. */
export function residuesOf(size: number, kernel: number, stride: number, dilation: number): readonly Residue[] {
  const divisor = greatestCommonDivisor(stride, dilation);
  const [step, spacing] = [stride / divisor, dilation / divisor];
  return Array.from({ length: Math.min(stride, size) }, (_, residue) => {
    // Residues of dilation · t repeat after `step` taps.
    const first = Array.from({ length: Math.min(step, kernel) }, (_, t) => t).find((t) => (dilation * t) % stride === residue);
    const count = Math.ceil((size - residue) / stride);
    if (first === undefined) return { residue, count, taps: 0, first: 0, step, shift: 0, spacing };
    const taps = Math.floor((kernel - 1 - first) / step) + 1;
    return { residue, count, taps, first, step, shift: (dilation * first - residue) / stride, spacing };
  });
}

/** How far before q the first entry of z lies that it meets. */
export function reach({ taps, shift, spacing }: Residue): number {
  return taps === 0 ? 0 : shift + (taps - 1) * spacing;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
