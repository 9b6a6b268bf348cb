// Makes elements by DOM calls alone: pages with Trusted Types refuse markup in strings.

type Attributes = Record<string, string | boolean>;

/** `true` sets an empty attribute, `false` leaves it out. Children that are strings become text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  doc: Document,
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = doc.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}
