import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A program that answers the protocol of peers/serve.mjs. */
export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Takes seconds where others take milliseconds: measured once or twice only. */
  readonly isSlow?: boolean;
  /** Runs without anything that is not in the repository. */
  readonly isOurs?: boolean;
}

const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Debian keeps PyTorch and SciPy for the system's own interpreter. */
const python = process.env.PYTHON ?? (existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

const ours = (name: string, ...args: readonly string[]): Peer => ({
  name,
  command: process.execPath,
  args: ["--import", "tsx", "--conditions=paramat-source", at("peers/paramat.ts"), ...args],
  isOurs: true,
});
const node = (name: string, file: string, ...args: readonly string[]): Peer => ({
  name,
  command: process.execPath,
  args: [at(`peers/${file}`), ...args],
});
const py = (name: string, file: string, ...args: readonly string[]): Peer => ({
  name,
  command: python,
  args: [at(`peers/${file}`), ...args],
});

/** Everyone, in the order of the tables. `fma` is Paramat with relaxed SIMD, which newer engines have without a flag. */
export const peers: readonly Peer[] = [
  ours("paramat-wasm-1t", "wasm", "1"),
  ours("paramat-wasm-fma-1t", "wasm", "1", "fma"),
  ours("paramat-wasm-2t", "wasm", "2"),
  ours("paramat-wasm-fma-2t", "wasm", "2", "fma"),
  { ...ours("paramat-cpu", "cpu", "1"), isSlow: true },
  node("tfjs-wasm-1t", "tfjs.mjs", "wasm", "1"),
  node("tfjs-wasm-2t", "tfjs.mjs", "wasm", "2"),
  { ...node("tfjs-cpu", "tfjs.mjs", "cpu"), isSlow: true },
  { ...node("jax-js-1t", "jax.mjs"), isSlow: true },
  py("torch-1t", "torch_peer.py", "1"),
  py("torch-cl-1t", "torch_peer.py", "1", "channels-last"),
  py("torch-2t", "torch_peer.py", "2"),
  py("numpy-1t", "numpy_peer.py", "1"),
];
