import { readFileSync } from "node:fs";
import readline from "node:readline";

const works = JSON.parse(readFileSync(new URL("../works/works.json", import.meta.url), "utf8"));

/**
 * Answers one request a line: {"work": "W4", "check": true} with the fingerprints of its results, or {"work": "W4", "ms", "least", "most", "warm"} with
 * times in milliseconds. `make(spec)` gives { run, results } or null: `run` does the work once and waits for it, `results` gives the arrays to compare.
 */
export async function serve({ version, make, fingerprint }) {
  const print = process.stdout.write.bind(process.stdout);
  console.log = console.error;
  console.info = console.error;
  console.warn = console.error;
  const answer = (object) => print(`${JSON.stringify(object)}\n`);
  answer({ ready: true, version });
  const made = new Map();
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    const request = JSON.parse(line);
    try {
      if (!made.has(request.work)) made.set(request.work, (await make(works[request.work], request.work)) ?? null);
      const task = made.get(request.work);
      if (task === null) answer({ missing: true });
      else if (request.check) {
        const start = performance.now();
        const results = await task.results();
        answer({ ms: performance.now() - start, fingerprints: results.map(fingerprint) });
      } else answer({ times: await timesOf(task.run, request) });
    } catch (error) {
      made.set(request.work, null);
      answer({ missing: true, error: String(error?.message ?? error).slice(0, 300) });
    }
  }
  process.exit(0);
}

async function timesOf(run, { ms, least, most, warm }) {
  const waits = async () => {
    const pending = run();
    if (pending?.then) await pending;
  };
  for (let i = 0; i < warm; i++) await waits();
  const times = [];
  const began = performance.now();
  while (times.length < least || (performance.now() - began < ms && times.length < most)) {
    const start = performance.now();
    await waits();
    times.push(performance.now() - start);
  }
  return times;
}
