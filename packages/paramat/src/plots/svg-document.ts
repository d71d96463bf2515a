/** An element as Plot and D3 use it, and its text in the end. */
export interface SvgElement {
  readonly tagName: string;
  readonly children: readonly SvgElement[];
  setAttribute(name: string, value: string | number): void;
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
  append(...children: readonly SvgElement[]): void;
  textContent: string;
  /** The markup; numbers in attributes to 3 digits after the point, so that the last bits of a logarithm do not show. */
  readonly outerHTML: string;
}

/** Makes elements without a browser. */
export interface SvgDocument {
  readonly documentElement: SvgElement;
  createElementNS(namespace: string, name: string): SvgElement;
}

const namespace = "http://www.w3.org/2000/svg";

/**
 * As much of a document as Observable Plot asks for when it draws: elements with attributes, style, text and children, in the order in which they came.
 * The same in Node, in a page and in a worker, where there is no document, so that the same data gives the same bytes everywhere.
 */
export function svgDocument(): SvgDocument {
  const document: SvgDocument = {
    get documentElement() {
      return root;
    },
    createElementNS: (_, name) => node(document, name),
  };
  const root = node(document, "svg");
  return document;
}

/** An element with its attributes and children; those that are undefined are left out. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: string | readonly (SvgElement | undefined)[] = [],
): SvgElement {
  const element = svgDocument().createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  if (typeof content === "string") element.textContent = content;
  else element.append(...content.filter((child) => child !== undefined));
  return element;
}

function node(ownerDocument: SvgDocument, tagName: string): SvgElement {
  const attributes = new Map<string, string>();
  const styles = new Map<string, string>();
  const children: SvgElement[] = [];
  let text = "";
  const insertBefore = (child: SvgElement, next: SvgElement | null) => {
    const place = next === null ? -1 : children.indexOf(next);
    children.splice(place < 0 ? children.length : place, 0, child);
    return child;
  };
  return {
    ...{ ownerDocument, namespaceURI: namespace, tagName, children, insertBefore },
    ...{ style: { setProperty: (name: string, value: string) => styles.set(name, value) } },
    appendChild: (child: SvgElement) => insertBefore(child, null),
    append: (...more: readonly SvgElement[]) => {
      children.push(...more);
    },
    setAttribute: (name: string, value: string | number) => {
      attributes.set(name, String(value));
    },
    setAttributeNS: (_: string, name: string, value: string | number) => attributes.set(name, String(value)),
    getAttribute: (name: string) => attributes.get(name) ?? null,
    hasAttribute: (name: string) => attributes.has(name),
    removeAttribute: (name: string) => attributes.delete(name),
    get textContent() {
      return text + children.map((child) => child.textContent).join("");
    },
    set textContent(value: string) {
      children.length = 0;
      text = value;
    },
    get outerHTML() {
      const style = [...styles].map(([name, value]) => `${name}: ${value}`).join("; ");
      const pairs = [...attributes, ...(style ? [["style", style] as const] : [])];
      const open = [tagName, ...pairs.map(([name, value]) => `${name}="${escaped(rounded(name, value))}"`)].join(" ");
      const inside = escaped(text) + children.map((child) => child.outerHTML).join("");
      return inside ? `<${open}>${inside}</${tagName}>` : `<${open}/>`;
    },
  } as SvgElement;
}

function rounded(name: string, value: string): string {
  if (name === "href" || name.startsWith("aria-")) return value;
  return value.replace(/-?\d*\.\d{4,}(e[-+]?\d+)?/g, (number) => String(Number(Number(number).toFixed(3))));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
