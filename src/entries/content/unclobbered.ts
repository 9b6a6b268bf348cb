// Reading nodes past named elements: `document` and forms give `<input name="parentElement">` in place of the property,
// and a walk up such a form would never end. The prototypes cannot be overridden that way.

/** The node with its built-in members only, for reading, calling and setting. Not a node itself: never pass it on as one. */
export function plain<T extends Node>(node: T): T {
  const prototype: object = Object.getPrototypeOf(node);
  // Over an empty object: a proxy over the node would have to agree with what a page fixed on it.
  return new Proxy({} as T, {
    get(_, key) {
      const value: unknown = Reflect.get(prototype, key, node);
      return typeof value === 'function' ? value.bind(node) : value;
    },
    set: (_, key, value) => Reflect.set(prototype, key, value, node),
  });
}

export function parentOf(node: Node): Element | null {
  return Reflect.get(Node.prototype, 'parentElement', node) as Element | null;
}

/** Elements below this one. */
export function countBelow(root: Document | Element): number {
  const { prototype } = root instanceof Document ? Document : Element;
  return prototype.getElementsByTagName.call(root, '*').length;
}

export function* childrenOf(element: Element): Generator<Element> {
  let child = Reflect.get(Element.prototype, 'firstElementChild', element) as Element | null;
  for (; child !== null; child = Reflect.get(Element.prototype, 'nextElementSibling', child) as Element | null)
    yield child;
}
