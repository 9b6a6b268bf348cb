// What stands in the closed shadow root of the last element of <html>, through the browsers' own protocols: pages cannot.
import type { Page } from 'puppeteer-core';

export interface TreeNode {
  /** Lower case; `#text` for text. */
  tag: string;
  attributes: Record<string, string>;
  text: string;
  children: TreeNode[];
}

/** The last element of <html>, past elements of the page that are named like members of the document. */
export const LAST_ELEMENT =
  "Reflect.get(Element.prototype, 'lastElementChild', Reflect.get(Document.prototype, 'documentElement', document))";

/** The root's tree, or undefined when the element has no closed root. */
export async function closedTree(page: Page): Promise<TreeNode | undefined> {
  // Only Puppeteer's BiDi browsers have it.
  return 'connection' in page.browser() ? overBidi(page) : overDevTools(page);
}

interface DevToolsNode {
  localName: string;
  nodeName: string;
  nodeValue: string;
  attributes?: string[];
  children?: DevToolsNode[];
  shadowRoots?: (DevToolsNode & { shadowRootType: string })[];
}

async function overDevTools(page: Page): Promise<TreeNode | undefined> {
  const session = await page.createCDPSession();
  try {
    const { result } = await session.send('Runtime.evaluate', { expression: LAST_ELEMENT });
    if (result.objectId === undefined) return undefined;
    const { node } = await session.send('DOM.describeNode', { objectId: result.objectId, depth: -1, pierce: true });
    const root = (node as DevToolsNode).shadowRoots?.find(({ shadowRootType }) => shadowRootType === 'closed');
    return root && fromDevTools(root);
  } finally {
    await session.detach();
  }
}

function fromDevTools(node: DevToolsNode): TreeNode {
  const { localName, nodeName, nodeValue, attributes = [], children = [], shadowRoots = [] } = node;
  const pairs = attributes.flatMap((name, i) => (i % 2 === 0 ? [[name, attributes[i + 1] ?? '']] : []));
  return {
    tag: localName || nodeName.toLowerCase(),
    attributes: Object.fromEntries(pairs),
    text: nodeValue,
    // A root's own root beside what stands in it.
    children: [...children, ...shadowRoots].map(fromDevTools),
  };
}

interface BidiNode {
  value?: {
    nodeType: number;
    localName?: string;
    nodeValue?: string;
    mode?: string;
    attributes?: Record<string, string>;
    children?: BidiNode[];
    shadowRoot?: BidiNode | null;
  };
}

/** Puppeteer's BiDi connection and the page's context; they are not in the published types. */
interface BidiPage {
  browser(): { connection: { send(method: string, parameters: object): Promise<{ result: { result: BidiNode } }> } };
  mainFrame(): { _id: string };
}

async function overBidi(page: Page): Promise<TreeNode | undefined> {
  const bidi = page as unknown as BidiPage;
  const { result } = await bidi.browser().connection.send('script.callFunction', {
    functionDeclaration: `() => ${LAST_ELEMENT}`,
    target: { context: bidi.mainFrame()._id },
    awaitPromise: false,
    serializationOptions: { includeShadowTree: 'all', maxDomDepth: 30 },
  });
  const root = result.result.value?.shadowRoot;
  return root?.value?.mode === 'closed' ? fromBidi(root) : undefined;
}

function fromBidi({ value }: BidiNode): TreeNode {
  return {
    tag: value?.nodeType === 3 ? '#text' : (value?.localName ?? ''),
    attributes: value?.attributes ?? {},
    text: value?.nodeValue ?? '',
    // A root's own root beside what stands in it.
    children: [...(value?.children ?? []), ...(value?.shadowRoot ? [value.shadowRoot] : [])].map(fromBidi),
  };
}
