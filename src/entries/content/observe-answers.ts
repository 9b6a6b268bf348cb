// Wraps the page's fetch and XMLHttpRequest so that text answers can be read beside the page. The page must not notice:
// same arguments, same results, same errors, and nothing thrown that was not thrown before.
import type { Forward } from './answer-channel';

/** Bytes (or UTF-16 units, which is what a string can tell) of one answer. */
export const ANSWER_LIMIT = 5_000_000;

/** Results arrive as data, as HTML to insert, or as a script; pictures, fonts and media are never read. */
const TEXT = /\b(?:json|javascript|x-component|protobuf\+json)\b|^text\/(?:plain|html|xml)\b|\bxml\b/i;

type PageWindow = Pick<Window & typeof globalThis, 'fetch' | 'XMLHttpRequest'>;

/** Observes fetch. The page gets a promise that settles as fetch's own does, so unhandled failures stay unhandled. */
export function observeFetch(page: PageWindow, forward: Forward): void {
  // Taken now: the page may replace it later, and its own must not see our call.
  const { then } = Promise.prototype;
  const read = (response: Response): Response => {
    // Now, before the page reads the body: afterwards it can no longer be cloned.
    quietly(() => readResponse(response, forward));
    return response;
  };
  page.fetch = wrap(page.fetch, (target, self, args) => Reflect.apply(then, Reflect.apply(target, self, args), [read]));
}

/** Observes XMLHttpRequest from `send` on: the answer's own address says where it came from. */
export function observeXhr(page: PageWindow, forward: Forward): void {
  const prototype = page.XMLHttpRequest.prototype;
  const listen = EventTarget.prototype.addEventListener;
  prototype.send = wrap(prototype.send, (target, self, args) => {
    quietly(() => {
      Reflect.apply(listen, self, [
        'load',
        () => quietly(() => readXhr(self as XMLHttpRequest, forward)),
        { once: true },
      ]);
    });
    return Reflect.apply(target, self, args);
  });
}

type Callable = (...args: never[]) => unknown;

/** A proxy shows the native function's name, length and properties, and its source text stays "[native code]". */
function wrap<F extends Callable>(native: F, apply: (target: F, self: unknown, args: unknown[]) => unknown): F {
  const text = Function.prototype.toString;
  const source = () => Reflect.apply(text, native, []) as string;
  return new Proxy(native, {
    apply: (target, self, args: unknown[]) => apply(target, self, args),
    get: (target, key) => (key === 'toString' ? source : Reflect.get(target, key)),
  });
}

function matters(type: string | null, length: string | null): boolean {
  return type !== null && TEXT.test(type) && Number(length ?? 0) <= ANSWER_LIMIT;
}

function readResponse(response: Response, forward: Forward): void {
  if (!response.ok || response.type === 'opaque' || response.body === null || response.bodyUsed) return;
  if (!matters(response.headers.get('content-type'), response.headers.get('content-length'))) return;
  const { url } = response;
  readCapped(response.clone()).then(
    body => {
      if (body) quietly(() => forward(url, body));
    },
    // An answer that breaks off is the page's own affair.
    () => undefined,
  );
}

/** The clone's text; undefined when it is longer than the limit, and then the rest is not waited for. */
async function readCapped(clone: Response): Promise<string | undefined> {
  const reader = (clone.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > ANSWER_LIMIT) {
      // Not awaited: a cancelled half of a cloned body settles only when the page has read its own half.
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function readXhr(xhr: XMLHttpRequest, forward: Forward): void {
  if (xhr.status < 200 || xhr.status > 299) return;
  if (!matters(xhr.getResponseHeader('content-type'), xhr.getResponseHeader('content-length'))) return;
  const body = textOf(xhr);
  if (body && body.length <= ANSWER_LIMIT) forward(xhr.responseURL, body);
}

function textOf(xhr: XMLHttpRequest): string | undefined {
  if (xhr.responseType === '' || xhr.responseType === 'text') return xhr.responseText;
  if (xhr.responseType === 'json') return JSON.stringify(xhr.response);
  if (xhr.responseType === 'arraybuffer' && xhr.response instanceof ArrayBuffer) {
    return xhr.response.byteLength <= ANSWER_LIMIT ? new TextDecoder().decode(xhr.response) : undefined;
  }
  return undefined;
}

/** Runs our own part; its failures are nobody's business in the page. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The page goes on as if we were not here.
  }
}
