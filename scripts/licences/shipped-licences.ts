/** Licences that a user of an MIT package can take without asking anyone. */
export const allowedLicences: ReadonlySet<string> = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
  "Python-2.0",
]);

/** A package that users install along with ours, as package-lock.json has it. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; undefined where the package gives none. */
  readonly licence: string | undefined;
}

/** What is read of an entry of package-lock.json. */
export interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * What a lock file says is installed with the packages under `packages/`, sorted by name. Followed from dependency to dependency: npm's own `dev`
 * marks are no help, since an optional peer (vitest) that the repository develops with is not marked.
 */
export function shippedPackages(lock: { readonly packages: Readonly<Record<string, LockEntry>> }): readonly ShippedPackage[] {
  const queue = Object.keys(lock.packages).filter((path) => /^packages\/[^/]+$/.test(path));
  const reached = new Set(queue);
  for (const path of queue) {
    for (const name of neededBy(lock.packages[path] ?? {})) {
      const found = installedAt(lock.packages, path, name);
      if (found === undefined || reached.has(found)) continue;
      reached.add(found);
      queue.push(found);
    }
  }
  return queue
    .filter((path) => path.includes("node_modules/") && lock.packages[path]?.version !== undefined)
    .map((path) => ({ name: path.split("node_modules/").at(-1) ?? path, ...versionAndLicence(lock.packages[path] ?? {}) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function neededBy(entry: LockEntry): readonly string[] {
  const peers = Object.keys(entry.peerDependencies ?? {}).filter((name) => !entry.peerDependenciesMeta?.[name]?.optional);
  return [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers];
}

/** The nearest `node_modules/name`, from `path` upwards. */
function installedAt(packages: Readonly<Record<string, LockEntry>>, path: string, name: string): string | undefined {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0))) {
    const candidate = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === "") return undefined;
  }
}

function versionAndLicence(entry: LockEntry): Omit<ShippedPackage, "name"> {
  return { version: entry.version ?? "", licence: entry.license };
}

/** An SPDX expression of names, AND, OR and brackets: one side of each OR, both of each AND, must be allowed. */
export function isAllowed(expression: string | undefined, allowed: ReadonlySet<string> = allowedLicences): boolean {
  const tokens = (expression ?? "").match(/[()]|[^()\s]+/g) ?? [];
  const either = (): boolean => {
    let ok = both();
    while (tokens[0] === "OR") {
      tokens.shift();
      ok = both() || ok;
    }
    return ok;
  };
  const both = (): boolean => {
    let ok = one();
    while (tokens[0] === "AND") {
      tokens.shift();
      ok = one() && ok;
    }
    return ok;
  };
  const one = (): boolean => {
    const token = tokens.shift() ?? "";
    if (token !== "(") return allowed.has(token);
    const ok = either();
    return tokens.shift() === ")" && ok;
  };
  return either() && tokens.length === 0;
}
