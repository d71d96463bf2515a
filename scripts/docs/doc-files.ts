import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The pages and the sources whose code is checked, relative to `root`. */
export function docFiles(root: string): { readonly markdown: readonly string[]; readonly sources: readonly string[] } {
  const packages = under(root, "packages", (path) => !path.includes("/dist/"));
  const pages = ["docs", "examples", "benchmarks"].flatMap((folder) => under(root, folder, (path) => path.endsWith(".md")));
  const readmes = packages.filter((path) => /^packages\/[^/]+\/README\.md$/.test(path));
  return {
    markdown: [...["README.md", "CONTRIBUTING.md"].filter((path) => existsSync(join(root, path))), ...pages, ...readmes],
    sources: packages.filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path)),
  };
}

function under(root: string, folder: string, wanted: (path: string) => boolean): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path}`)
    .filter((path) => !path.includes("node_modules/") && wanted(path))
    .sort();
}
