import type * as WorkerThreads from "node:worker_threads";
import { workerSource } from "./worker-source.js";

/** What a worker needs: the kernels' memory, the slots of all workers, and where its own begins. */
export interface WorkerInit {
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
  readonly at: number;
}

/** Whether this platform can start workers at once: browsers, and Node from 20.16 on. */
export function canStartWorkers(): boolean {
  return workerThreads() !== undefined || (typeof Worker !== "undefined" && typeof Blob !== "undefined");
}

/**
 * Starts a worker that never keeps a process alive. One that cannot start (a page's Content-Security-Policy may forbid workers from blobs) just never
 * listens, and its work is done by the main thread.
 */
export function startWorker(init: WorkerInit): void {
  const node = workerThreads();
  if (node) {
    const source = `${workerSource}listen(require("node:worker_threads").workerData);`;
    // Without the process's own options, which may load programs into each thread.
    const worker = new node.Worker(source, { eval: true, workerData: init, execArgv: [], name: "paramat" });
    worker.on("error", () => {});
    worker.unref();
    return;
  }
  const source = `${workerSource}onmessage = ({ data }) => listen(data);`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { name: "paramat" });
  worker.onerror = (event) => event.preventDefault();
  worker.postMessage(init);
}

/** Asked of the process instead of imported, so that bundles for browsers stay free of Node's modules. */
function workerThreads(): typeof WorkerThreads | undefined {
  const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): object | undefined } };
  return process?.getBuiltinModule?.("node:worker_threads") as typeof WorkerThreads | undefined;
}
