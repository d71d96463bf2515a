/** A block of code found in the documentation. */
export interface Block {
  /** Relative to the repository. */
  readonly file: string;
  /** Line of the block's first line of code, from 1. */
  readonly line: number;
  readonly language: "ts" | "js" | "sh";
  readonly text: string;
  /** `run`: types and execution; `no-run`: types only. */
  readonly mode: "run" | "no-run";
  /** From `file=path`: the block claims to be a part of that file, which is then all that is checked. */
  readonly partOf?: string;
}

/** What the documentation says that is not so. */
export interface DocFailure {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The block behind a fence's info string, `ts no-run`, or undefined where the language is none that is checked. */
export function blockFromInfo(info: string, file: string, line: number, text: string): Block | undefined {
  const [word = "", ...flags] = info.trim().split(/\s+/);
  const language = languages[word.toLowerCase()];
  if (!language) return undefined;
  const partOf = flags.find((f) => f.startsWith("file="))?.slice("file=".length);
  return { file, line, language, text, mode: flags.includes("no-run") ? "no-run" : "run", ...(partOf === undefined ? {} : { partOf }) };
}

const languages: Readonly<Record<string, Block["language"]>> = {
  ts: "ts",
  typescript: "ts",
  js: "js",
  javascript: "js",
  mjs: "js",
  sh: "sh",
  bash: "sh",
  shell: "sh",
};
