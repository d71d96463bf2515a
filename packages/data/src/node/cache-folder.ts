import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where downloaded files are kept: $XDG_CACHE_HOME/paramat, on Windows %LOCALAPPDATA%\paramat, else ~/.cache/paramat.
 * A variable that is empty or not an absolute path counts as not set, as the XDG Base Directory Specification asks.
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env, platform: string = process.platform): string {
  const named = [env["XDG_CACHE_HOME"], platform === "win32" ? env["LOCALAPPDATA"] : undefined].find(
    (path) => path !== undefined && isAbsolute(path),
  );
  return join(named ?? join(homedir(), ".cache"), "paramat");
}
