import { backendLaws } from "@paramat/backends/laws";
import { type WasmOptions, wasm } from "@paramat/backends/wasm";

/** What a page finds of the WebAssembly backends. */
export interface WasmInPage {
  readonly executedOn: string;
  readonly threadsRunning: number;
  /** Laws that do not hold, with what they say. */
  readonly faults: readonly string[];
  /** Sum of a product of two matrices whose entries are whole numbers, so that no order of additions changes it. */
  readonly sum: number;
}

/** The laws on a few drawn cases, and a product large enough for two threads, on one thread and on two. */
export async function wasmInPage(): Promise<readonly WasmInPage[]> {
  const found: WasmInPage[] = [];
  for (const options of [{}, { precision: "float64" }, { threads: 2 }] satisfies readonly WasmOptions[]) found.push(await trial(options));
  return found;
}

async function trial(options: WasmOptions): Promise<WasmInPage> {
  const backend = wasm(options);
  for (let turn = 0; turn < 300 && backend.threadsRunning() < backend.threads; turn++) await new Promise((done) => setTimeout(done, 10));
  const faults: string[] = [];
  // Threads are new here, and large products are what they are for; on one thread the page adds nothing to a slow law.
  for (const { name, check } of backendLaws.filter((law) => !law.name.includes("past every block"))) {
    await check(backend, { seed: 2, numRuns: 3 }).catch((error: Error) => faults.push(`${name}: ${error.message}`));
  }
  const size = 256;
  const entries = Float64Array.from({ length: size * size }, (_, i) => i % 7);
  const factor = { buffer: backend.upload(entries), offset: 0, strides: [size, 1] };
  const product = backend.contract({ batch: [], m: size, n: size, k: size }, factor, factor);
  const sum = backend.readSync(backend.reduce("sum", [size, size], [0, 1], product))[0]!;
  return { executedOn: backend.executedOn, threadsRunning: backend.threadsRunning(), faults, sum };
}
