/** A value as documentation writes it: 0.5, abc, [1, [2, 3]], { a: "b" }; what has a `toString` of its own speaks for itself. */
export function formatValue(value: unknown): string {
  return typeof value === "string" ? value : nested(value);
}

function nested(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `[function ${value.name}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(nested).join(", ")}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return `[${[...(value as unknown as Iterable<unknown>)].map(nested).join(", ")}]`;
  if (value instanceof Map)
    return nestedEntries(
      "Map ",
      [...value].map(([k, v]) => [formatValue(k), v] as const),
    );
  if (value instanceof Set) return `Set ${nested([...value])}`;
  if (value.toString !== Object.prototype.toString && typeof value.toString === "function") return String(value);
  const name = (Object.getPrototypeOf(value) as { constructor?: { name: string } } | null)?.constructor?.name ?? "Object";
  return nestedEntries(name === "Object" ? "" : `${name} `, Object.entries(value));
}

function nestedEntries(prefix: string, entries: readonly (readonly [string, unknown])[]): string {
  return entries.length === 0 ? `${prefix}{}` : `${prefix}{ ${entries.map(([k, v]) => `${k}: ${nested(v)}`).join(", ")} }`;
}
