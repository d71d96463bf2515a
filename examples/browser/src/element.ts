/** The element of the page with an id. @throws Error if there is none, or it is of another kind */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`element: #${id} is ${found ? found.tagName : "not there"}; it must be a ${kind.name}`);
  return found;
}
