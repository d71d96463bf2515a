import type { Backend } from "@paramat/backends";

/** Two backends that should have been one, by name; a recorder goes by the name of what it records for. */
export function namesOfTwo(first: Backend, second: Backend): string {
  const [a, b] = [first.records ?? first, second.records ?? second];
  return `${a.name} and ${b.name}${a.name === b.name ? " (two instances of it: make one backend and share it)" : ""}`;
}
