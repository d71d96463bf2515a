import { horner, realFunction } from "./kernel-function.js";

const nearZero = [
  0.128379166802504327, -0.376126353112971923, 0.112837197320768361, -0.0268607531239220723, 0.00520443647257709221,
  -0.000818192958312245621, 0.0000853883988933625274,
];
/** In x − 2. */
const complement = [
  0.255395417775262087, -0.106798253490320359, 0.0418079767200114755, -0.0154235676054740292, 0.00546655354231887392,
  -0.0019223411312487909, 0.000471393128706119372, -0.00016337905550487877, 0.000134685957776097814,
];

/** erf x = x + x·S(x²) up to 0.9 in magnitude, 1 − e^{−x²}·R(x) above; S and R are minimax (Remez exchange in 50 digits), errors 2⁻³¹ and 2⁻²⁷. */
export const erfOf = realFunction(`function erfOf(x) {
  let y = Math.abs(x);
  if (y > 4.0) { y = 4.0; }
  let z = y * y;
  if (y < 1e-9) { return x * 1.1283792; }
  if (y < 0.9) { return x + x * ${horner("z", nearZero)}; }
  let u = y - 2.0;
  let value = 1.0 - expTimes(-z, 0.0) * ${horner("u", complement)};
  if (x < 0.0) { return -value; }
  return value;
}`);
