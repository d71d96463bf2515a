/**
 * The command that goes on with a run: the same options, and --resume, quoted for a POSIX shell.
 * @param args the options that the run was started with
 * @param script the npm script through which it was started (`npm_lifecycle_event`), if it was
 */
export function resumeCommand(args: readonly string[], script: string | undefined): string {
  const options = args.filter((arg) => arg !== "--resume" && arg !== "--");
  return [STARTS.get(script ?? "") ?? "paramat train", ...options.map(quoted), "--resume"].join(" ");
}

const STARTS: ReadonlyMap<string, string> = new Map([
  ["start", "npm start --"],
  ["paramat", "npm run paramat -- train"],
  ["npx", "npx paramat train"],
]);

/** 'it'\''s': between single quotes a shell takes every character but the single quote itself as it stands. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
}
