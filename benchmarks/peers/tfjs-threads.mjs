/**
 * Lets TensorFlow.js start its threads in Node: its workers come from Blob addresses, which Node's workers do not take, so the sources go to files;
 * and it takes half of the processors there are, so twice as many are reported.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "tfjs-threads-"));
let count = 0;
globalThis.Blob = class {
  constructor(parts) {
    const source = parts.map(String).join("");
    const isWorker = /importScripts/.test(source) && !/WasmBackendModuleThreadedSimd = /.test(source);
    const before = isWorker
      ? "URL.createObjectURL = (blob) => blob.path; URL.revokeObjectURL = () => {};\n"
      : 'var require$$0=require("fs"),require$$1=require("path"),require$$3=require("perf_hooks"),require$$4=require("os"),commonjsGlobal=globalThis;\n';
    this.path = join(folder, `${count++}.cjs`);
    writeFileSync(this.path, before + source);
  }
};
URL.createObjectURL = (blob) => blob.path;
URL.revokeObjectURL = () => {};
const os = createRequire(import.meta.url)("node:os");
const cpus = os.cpus;
os.cpus = () => [...cpus(), ...cpus()];
