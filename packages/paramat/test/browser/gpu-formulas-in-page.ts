import { type Backend, call, constant, type Expr, input, type ScalarOp, scalarFunctions, scalarOps } from "@paramat/backends";
import { rng } from "paramat";
import { gpu } from "paramat/gpu";

export interface WorstError {
  readonly mode: string;
  readonly op: string;
  /** In units of the last place of float32. */
  readonly ulps: number;
  readonly at: readonly number[];
}

export interface FormulasReport {
  readonly worst: readonly WorstError[];
  /** Constants that reached the device as other numbers. */
  readonly constants: readonly string[];
}

/** How far each scalar operation on the GPU is from the truth, for arguments of many sizes; and whether constants arrive in every bit. */
export async function gpuFormulasInPage(): Promise<FormulasReport> {
  const worst: WorstError[] = [];
  const constants: string[] = [];
  for (const mode of ["webgl2", "webgpu"] as const) {
    const backend = await gpu({ mode });
    for (const op of Object.keys(scalarOps) as ScalarOp[]) worst.push({ mode, op, ...(await worstError(backend, op)) });
    constants.push(...(await wrongConstants(backend)));
    await backend.destroy();
  }
  return { worst, constants };
}

async function worstError(backend: Backend, op: ScalarOp): Promise<{ readonly ulps: number; readonly at: readonly number[] }> {
  const numbers = rng(11);
  const sign = (): number => (numbers.uniform() < 0.5 ? -1 : 1);
  const drawn = [
    () => 20 * numbers.uniform() - 10,
    () => sign() * 2 ** (14 * numbers.uniform() - 7),
    () => sign() * 2 ** (240 * numbers.uniform() - 120),
    () => (Math.PI / 2) * Math.floor(5000 * numbers.uniform()),
  ];
  const inputs = Array.from({ length: scalarOps[op] }, () => Float32Array.from({ length: 4000 }, (_, i) => drawn[i % 4]!()));
  const views = inputs.map((values) => ({ buffer: backend.upload(values), offset: 0, strides: [1] }));
  const found = await backend.read(backend.map(call(op, ...inputs.map((_, k) => input(k))), [4000], views));
  let worst = { ulps: 0, at: [] as number[] };
  found.forEach((value, i) => {
    const at = inputs.map((values) => values[i]!);
    const ulps = ulpsApart(value, scalarFunctions[op](...(at as [number, number, number])));
    if (!(ulps <= worst.ulps)) worst = { ulps, at };
  });
  return worst;
}

/** Of numbers that float32 does not hold, or only as subnormal ones, the nearest is right. */
function ulpsApart(value: number, truth: number): number {
  const nearest = Math.fround(truth);
  if (Object.is(value, nearest) || value === nearest) return 0;
  if (Math.abs(truth) < 2 ** -125 && Math.abs(value) < 2 ** -125) return 0;
  if (!Number.isFinite(value) || !Number.isFinite(nearest)) return Number.MAX_VALUE;
  return Math.abs(value - truth) / 2 ** (Math.floor(Math.log2(Math.abs(truth))) - 23);
}

async function wrongConstants(backend: Backend): Promise<readonly string[]> {
  const numbers = rng(12);
  const drawn = Array.from({ length: 30 }, () => 2 ** (250 * numbers.uniform() - 125) * (numbers.uniform() - 0.5));
  const values = [
    1e30,
    2 ** 24 + 2,
    -(2 ** 31),
    2 ** 127,
    3.4028234663852886e38,
    2 ** -126,
    0,
    -0,
    0.1,
    1e21,
    Number.NaN,
    -(1 / 0),
    ...drawn,
  ];
  const one = { buffer: backend.upload([1]), offset: 0, strides: [1] };
  const wrong: string[] = [];
  for (const value of values) {
    const forms: readonly Expr[] = [constant(value), call("mul", value, input(0)), call("select", input(0), value, input(0))];
    for (const f of forms) {
      const [found] = await backend.read(backend.map(f, [1], [one]));
      if (!Object.is(found, Math.fround(value))) wrong.push(`${Math.fround(value)} became ${found}`);
    }
  }
  return wrong;
}
