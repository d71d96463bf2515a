/**
 * The place in the user's program that is running now, as `file:line:column`: the innermost line outside of these packages. Null where the
 * host gives no stack, or none of it is outside (as in a bundle of everything).
 */
export function userLine(): string | null {
  const stack = deepStack();
  if (stack === undefined) return null;
  for (const frame of stack.split("\n").slice(1)) {
    const place = placeIn(frame);
    if (place !== null && !isOurs(place)) return place.startsWith("file://") ? decodeURI(place.slice("file://".length)) : place;
  }
  return null;
}

/** Where a line of a stack says that it is: `at f (place)`, `at place` or `f@place`; null where that is no file. Names of folders may have parentheses. */
export function placeIn(frame: string): string | null {
  const found = /^\s*(?:at (?:async )?)?(?:.*?(?: \(|@))??((?:file:\/\/|https?:\/\/|[A-Za-z]:\\|\/).*:\d+:\d+)\)?$/.exec(frame)?.[1];
  // A place in code that was evaluated names two files.
  return found === undefined || found.includes("), ") ? null : found;
}

/** `at file:line:column`, with a space before; nothing where the line is not known. */
export function atUserLine(): string {
  const line = userLine();
  return line === null ? "" : ` at ${line}`;
}

/** The stack is deep where layers call layers; engines keep ten lines unless told otherwise. */
function deepStack(): string | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 200;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}

/** Where the folders of these packages stand: this file is `<root><package>/src/program/user-line.ts`. */
const root = new URL("../../../", import.meta.url).href;

function isOurs(place: string): boolean {
  const path = place.startsWith("/") ? `file://${place}` : place;
  // The file of this line itself: in a bundle, everything of ours, and perhaps all there is.
  if (/^node:|\/node_modules\//.test(path) || path.startsWith(`${import.meta.url}:`)) return true;
  return path.startsWith(root) && /^[^/]+\/(src|dist)\//.test(path.slice(root.length));
}
