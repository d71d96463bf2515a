/**
 * Refuses a misspelt option, which would otherwise be ignored and the default taken in its place.
 * @throws TypeError naming the first option of `options` that is not in `known`
 */
export function requireKnownOptions(op: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = known.find((other) => other.slice(0, 2) === name.slice(0, 2).toLowerCase());
    throw new TypeError(`${op}: unknown option ${name}; ${near ? `did you mean ${near}?` : `it takes ${known.join(" and ")}`}`);
  }
}
