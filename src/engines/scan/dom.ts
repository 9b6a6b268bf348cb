// Reading a hostile document: a form or an image named "querySelectorAll" must not take the place of the method.
import { MAX_RESULTS } from '../../contract/candidate';

const TEXT_NODE = 3;
/** Characters of an attribute. A longer one is no attribute that any engine writes, and counts as absent. */
const MAX_ATTRIBUTE = 5_000_000;

/**
 * The member as the node's prototype has it. Named elements and own properties shadow the instance (`document` and forms
 * override built-ins by name), but not the prototype. What throws all the same is read as absent: the tile then counts as
 * one without an address.
 */
function member(node: Node, name: string): unknown {
  try {
    const prototype: object | null = Object.getPrototypeOf(node);
    return prototype === null ? undefined : Reflect.get(prototype, name, node);
  } catch {
    return undefined;
  }
}

function call(node: Node, name: string, ...values: (string | number)[]): unknown {
  const method = member(node, name);
  try {
    return typeof method === 'function' ? Reflect.apply(method, node, values) : null;
  } catch {
    return null;
  }
}

/** The first `limit` elements below `root` that match, in document order. */
export function select(root: Document | Element, selector: string, limit = MAX_RESULTS): Element[] {
  const list = call(root, 'querySelectorAll', selector) as NodeListOf<Element> | null;
  const elements: Element[] = [];
  const length = Math.min(list?.length ?? 0, limit);
  for (let i = 0; i < length; i++) {
    const element = list?.[i];
    if (element) elements.push(element);
  }
  return elements;
}

export function selectOne(root: Document | Element, selector: string): Element | null {
  return call(root, 'querySelector', selector) as Element | null;
}

export function attribute(element: Element, name: string): string | null {
  const value = call(element, 'getAttribute', name);
  return typeof value === 'string' && value.length <= MAX_ATTRIBUTE ? value : null;
}

export function closest(element: Element, selector: string): Element | null {
  return call(element, 'closest', selector) as Element | null;
}

/** The first `limit` names of the element's attributes. */
export function attributeNames(element: Element, limit: number): string[] {
  const names = call(element, 'getAttributeNames');
  return Array.isArray(names) ? names.slice(0, limit).filter(name => typeof name === 'string') : [];
}

export function parent(element: Element): Element | null {
  return member(element, 'parentElement') as Element | null;
}

/** The node's text; '' when there is none. */
export function text(node: Node | null): string {
  const value = node === null ? '' : member(node, 'textContent');
  return typeof value === 'string' ? value : '';
}

/** The element's text up to `length` characters, without making one string of a text that may be hundreds of megabytes. */
export function beginning(element: Element, length: number): string {
  let start = '';
  let node = member(element, 'firstChild') as Node | null;
  for (; node && start.length < length; node = member(node, 'nextSibling') as Node | null) {
    const part = member(node, 'nodeType') === TEXT_NODE ? call(node, 'substringData', 0, length - start.length) : '';
    if (typeof part === 'string') start += part;
  }
  return start;
}

/** A property of the element as its prototype computes it, such as `currentSrc` or `naturalWidth`. */
export function property(node: Node, name: string): unknown {
  return member(node, name);
}
