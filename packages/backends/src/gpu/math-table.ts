/**
 * What kernels cannot write as literals: `math[0]` = ∞, `math[1]` = NaN, `math[2]` the largest float32, `math[152 + k]` = 2ᵏ for −149 ≤ k ≤ 127,
 * `math[280]` = −0, and `math[281]` = 0 for products, which compilers take for 0 where they see it, whatever the other factor is.
 */
export const mathTable: Float32Array = Float32Array.from([
  Number.POSITIVE_INFINITY,
  Number.NaN,
  (2 - 2 ** -23) * 2 ** 127,
  ...Array.from({ length: 277 }, (_, i) => 2 ** (i - 149)),
  -0,
  0,
]);
