/**
 * What the framework itself costs: `npm run bench:overhead`. Time of an eager operation on one number and of its gradient, time to compile and to replay
 * the training step of W6 (and how much of a replay is not kernels), memory of that step beside what PyTorch keeps for its backward pass, and time from
 * the start of a process to its first gradient. Run it with nothing else running.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Backend, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { add, compile, grad, mul, ndarray, sum, type Value } from "paramat";
import { trainingTask } from "./works/training-task.js";

function best(run: () => void, rounds: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function eager(backend: Backend): { readonly op: number; readonly gradient: number; readonly compiled: number } {
  const x = ndarray(backend, 1.5);
  const times = 2000;
  const loop = (body: () => void) => () =>
    void backend.scope(() => {
      for (let i = 0; i < times; i++) body();
    });
  const slope = grad((y: Value) => sum(mul(y, y)));
  const compiled = compile((y: Value) => add(y, y));
  return {
    op:
      (best(
        loop(() => void add(x, x)),
        20,
      ) /
        times) *
      1e3,
    gradient:
      (best(
        loop(() => void slope(x)),
        10,
      ) /
        times) *
      1e3,
    compiled:
      (best(
        loop(() => void compiled(x)),
        20,
      ) /
        times) *
      1e3,
  };
}

console.log("on one number             x + x    d(x·x)/dx   compiled x + x   (µs a call)");
for (const backend of [cpu("float64"), wasm({ precision: "float64" }), wasm({ precision: "float32" })]) {
  const { op, gradient, compiled } = eager(backend);
  console.log(
    `${backend.name.padEnd(22)} ${op.toFixed(2).padStart(8)} ${gradient.toFixed(2).padStart(12)} ${compiled.toFixed(2).padStart(16)}`,
  );
}

console.log("\ntraining step of W6 (batch 64 of 28×28, 5×5 convolutions to 16 and 32 channels)");
for (const threads of [1, 2]) {
  const backend = wasm({ precision: "float32", threads });
  const began = performance.now();
  const task = trainingTask(backend);
  const set = performance.now();
  task.compile();
  const compiled = performance.now();
  task.step();
  const first = performance.now() - compiled;
  for (let i = 0; i < 60; i++) task.step();
  const step = best(() => void task.step(), 60);
  const program = task.program();
  const { kernels, arenaBytes, bytesWithoutReuse } = program.count();
  const profile = program.profile(40);
  const inKernels = profile.rows.reduce((total, { ms }) => total + ms, 0);
  console.log(
    `${backend.name}: recorded and compiled in ${(compiled - set).toFixed(0)} ms, first step ${first.toFixed(0)} ms; a step ${step.toFixed(2)} ms at best; ${kernels} kernels; ` +
      `working memory ${(arenaBytes / 1e6).toFixed(1)} MB (${(bytesWithoutReuse / 1e6).toFixed(1)} MB without reuse); ` +
      `kernels by themselves ${inKernels.toFixed(2)} ms; set up in ${(set - began).toFixed(0)} ms`,
  );
}
const python = process.env.PYTHON ?? (existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
try {
  console.log(
    execFileSync(python, [fileURLToPath(new URL("peers/torch_memory.py", import.meta.url))], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim(),
  );
} catch {
  console.log("PyTorch is not installed: its memory is not measured");
}
