/**
 * `npm run bench -- [--only W6,W7a] [--peers paramat-wasm-1t,torch-1t] [--rounds 7] [--quick] [--json] [--doc]`: the workloads of works/works.json by
 * every peer that is installed, in turn, round by round, so that drift of the machine falls on all alike. Results are compared first.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { agreement } from "./agreement.js";
import { type PeerProcess, startPeer } from "./peer-process.js";
import { type Peer, peers } from "./peers.js";
import { benchmarkPage } from "./report/page.js";
import { type Measured, type Results, summarize, table } from "./report/table.js";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    peers: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    doc: { type: "boolean", default: false },
  },
});
const works = JSON.parse(readFileSync(new URL("works/works.json", import.meta.url), "utf8")) as Record<
  string,
  { kind: string; title: string; mflop: number }
>;
/** Milliseconds. */
const LONG = 4000;
const rounds = Number(options.rounds ?? (options.quick ? 2 : 7));

function chosen<T>(asked: string | undefined, known: readonly T[], nameOf: (x: T) => string): readonly T[] {
  if (asked === undefined) return known;
  return asked.split(",").map((name) => {
    const found = known.find((x) => nameOf(x) === name);
    if (found === undefined) throw new RangeError(`bench: ${name} is not known; there are ${known.map(nameOf).join(", ")}`);
    return found;
  });
}

async function start(wanted: readonly Peer[]): Promise<readonly PeerProcess[]> {
  const running: PeerProcess[] = [];
  for (const peer of wanted) {
    const started = await startPeer(peer);
    if (typeof started === "string") console.error(`${peer.name}: not measured: ${started}`);
    else running.push(started);
  }
  return running;
}

async function measure(work: string, running: readonly PeerProcess[]): Promise<Measured> {
  const times: Record<string, number[]> = {};
  const left = new Set<PeerProcess>();
  const fingerprints: Record<string, Awaited<ReturnType<PeerProcess["ask"]>>["fingerprints"]> = {};
  for (const peer of running) {
    const answer = await peer.ask({ work, check: true });
    if (answer.missing) {
      if (answer.error) console.error(`${work}: ${peer.peer.name}: ${answer.error}`);
      continue;
    }
    fingerprints[peer.peer.name] = answer.fingerprints;
    // What takes so long that a repetition changes little is not repeated. Training is checked over three steps.
    const once = (answer.ms ?? 0) / (works[work]?.kind === "training" ? 3 : 1);
    if (once > LONG) times[peer.peer.name] = [once];
    else left.add(peer);
  }
  for (let round = 0; round < rounds; round++) {
    for (const peer of left) {
      const { isSlow = false } = peer.peer;
      const warm = round === 0 ? (isSlow ? 1 : 5) : 0;
      const answer = await peer.ask({ work, ms: options.quick ? 100 : 200, least: isSlow ? 1 : 3, most: 60, warm });
      if (!answer.times) {
        left.delete(peer);
        continue;
      }
      times[peer.peer.name] = [...(times[peer.peer.name] ?? []), ...answer.times];
      if (Math.min(...answer.times) > 2500) left.delete(peer);
    }
  }
  return { work, times, disagreement: agreement(fingerprints) };
}

async function bench(): Promise<number> {
  // Names are looked at before anything is started.
  const wantedWorks = chosen(options.only, Object.keys(works), (name) => name);
  const wantedPeers = chosen(options.peers, peers, (peer) => peer.name).filter(
    (peer) => options.peers !== undefined || !options.quick || !peer.isSlow,
  );
  const running = await start(wantedPeers);
  if (running.length === 0) throw new RangeError("bench: no peer has started, so there is nothing to measure");
  const results: Results = {
    machine: `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores, Node ${process.versions.node}`,
    date: new Date().toISOString().slice(0, 10),
    versions: Object.fromEntries(running.map(({ peer, version }) => [peer.name, version])),
    works: {},
  };
  let disagree = false;
  for (const work of wantedWorks) {
    const measured = await measure(work, running);
    const { title, mflop } = works[work] as { title: string; mflop: number };
    results.works[work] = summarize(measured);
    console.log(table(`${work}: ${title}`, results.works[work], mflop));
    if (measured.disagreement === null) continue;
    disagree = true;
    console.log(`RESULTS DIFFER: ${measured.disagreement}`);
  }
  for (const peer of running) peer.stop();
  if (options.doc) writeFileSync(new URL("../docs/benchmarks.md", import.meta.url), benchmarkPage(results, works));
  if (options.json) console.log(JSON.stringify({ machine: results.machine, works: results.works }));
  return disagree ? 1 : 0;
}

bench().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exit(2);
  },
);
