import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Peer } from "./peers.js";

export interface Fingerprint {
  readonly along: number;
  readonly norm: number;
}

/** What a peer says to one request. */
export interface Answer {
  readonly version?: string;
  readonly times?: readonly number[];
  readonly fingerprints?: readonly Fingerprint[];
  /** How long it took to compute what the fingerprints are of, once. */
  readonly ms?: number;
  /** It has no such work, or failed at it. */
  readonly missing?: boolean;
  readonly error?: string;
}

/** A peer that runs; one request at a time. */
export interface PeerProcess {
  readonly peer: Peer;
  readonly version: string;
  ask(request: object): Promise<Answer>;
  stop(): void;
}

/** @returns null, with a line that says why, where the peer does not start: not installed, most likely */
export async function startPeer(peer: Peer): Promise<PeerProcess | string> {
  const child: ChildProcessWithoutNullStreams = spawn(peer.command, [...peer.args], { stdio: ["pipe", "pipe", "pipe"] });
  const waiting: ((answer: Answer) => void)[] = [];
  let complaint = "";
  let ended = false;
  child.stderr.on("data", (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(-2000);
  });
  child.on("error", (error) => {
    complaint = error.message;
  });
  child.on("close", () => {
    ended = true;
    for (const resolve of waiting.splice(0)) resolve({ missing: true, error: lastLine(complaint) || "it ended" });
  });
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(JSON.parse(line) as Answer));
  const next = () => new Promise<Answer>((resolve) => (ended ? resolve({ missing: true, error: "it ended" }) : void waiting.push(resolve)));
  const hello = await next();
  if (hello.missing) return hello.error ?? "it does not start";
  return {
    peer,
    version: hello.version ?? "",
    ask(request) {
      const answer = next();
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer;
    },
    stop: () => void child.kill(),
  };
}

function lastLine(text: string): string {
  const lines = text.trim().split("\n");
  return lines.findLast((line) => /error|cannot|no module/i.test(line))?.trim() ?? lines.at(-1) ?? "";
}
