// Stands in front of the page's fetch and XMLHttpRequest so that text answers can be read beside the page. The page must not
// notice: same arguments, same results, same errors, and nothing thrown that was not thrown before.
import type { Forward } from './answer-channel';
import { inFrontOf, withoutUs } from './native-looks';

/** Bytes (or UTF-16 units, which is what a string can tell) of one answer. */
export const ANSWER_LIMIT = 5_000_000;

/** Results arrive as data, as HTML to insert, or as a script; images, fonts and media are never read. */
const TEXT = /\b(?:json|javascript|x-component|protobuf\+json)\b|^text\/(?:plain|html|xml)\b|\bxml\b/i;

// Taken now: the page may replace any of these later, and its own must not see our calls.
const { apply } = Reflect;
const { then } = Promise.prototype;
const { clone } = Response.prototype;
const { get: headerOf } = Headers.prototype;
const { getReader } = ReadableStream.prototype;
const { read: readOn, cancel } = ReadableStreamDefaultReader.prototype;
const { decode } = TextDecoder.prototype;
const { exec } = RegExp.prototype;
const { stringify } = JSON;
const Decoder = TextDecoder;
const listen = EventTarget.prototype.addEventListener;

type PageWindow = Pick<Window & typeof globalThis, 'fetch' | 'XMLHttpRequest'>;

/** Observes fetch. The page gets a promise that settles as fetch's own does, so unhandled failures stay unhandled. */
export function observeFetch(page: PageWindow, forward: Forward): void {
  const read = (response: Response): Response => {
    // Now, before the page reads the body: afterwards it can no longer be cloned.
    quietly(() => readResponse(response, forward));
    return response;
  };
  const failed = (error: unknown): never => {
    throw withoutUs(error);
  };
  page.fetch = inFrontOf(page.fetch, (target, self, args) => apply(then, apply(target, self, args), [read, failed]));
}

/** Observes XMLHttpRequest from `send` on: the answer's own address says where it came from. */
export function observeXhr(page: PageWindow, forward: Forward): void {
  const { prototype } = page.XMLHttpRequest;
  const of = reading(prototype, ['status', 'responseType', 'responseText', 'response', 'responseURL']);
  const header = prototype.getResponseHeader;
  prototype.send = inFrontOf(prototype.send, (target, self, args) => {
    const xhr = self as XMLHttpRequest;
    const loaded = () =>
      quietly(() => {
        const named = (name: string) => apply(header, xhr, [name]) as string | null;
        const status = of.status(xhr) as number;
        if (status < 200 || status > 299 || !matters(named('content-type'), named('content-length'))) return;
        const body = textOf(of.responseType(xhr), () => of.responseText(xhr), of.response(xhr));
        if (body && body.length <= ANSWER_LIMIT) forward(of.responseURL(xhr) as string, body);
      });
    quietly(() => apply(listen, xhr, ['load', loaded, { once: true }]));
    return apply(target, xhr, args);
  });
}

/** Reads these attributes as the browser itself does, whatever a page puts over them later. */
function reading<K extends string>(prototype: object, names: K[]): Record<K, (object: object) => unknown> {
  const reader = (name: K) => {
    const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
    if (getter === undefined) throw new Error(`there is no ${name}`);
    return [name, (object: object) => apply(getter, object, []) as unknown];
  };
  return Object.fromEntries(names.map(reader));
}

const ofResponse = reading(Response.prototype, ['ok', 'type', 'body', 'bodyUsed', 'headers', 'url']);

function matters(type: string | null, length: string | null): boolean {
  return type !== null && apply(exec, TEXT, [type]) !== null && Number(length ?? 0) <= ANSWER_LIMIT;
}

function readResponse(response: Response, forward: Forward): void {
  const of = ofResponse;
  if (!of.ok(response) || of.type(response) === 'opaque' || of.body(response) === null || of.bodyUsed(response)) return;
  const header = (name: string) => apply(headerOf, of.headers(response), [name]) as string | null;
  if (!matters(header('content-type'), header('content-length'))) return;
  const url = of.url(response) as string;
  const body = of.body(apply(clone, response, []) as Response) as ReadableStream<Uint8Array>;
  apply(then, readCapped(body), [
    (text: string | undefined) => {
      if (text) quietly(() => forward(url, text));
    },
    // An answer that breaks off is the page's own affair.
    () => undefined,
  ]);
}

/** The stream's text; undefined when it is longer than the limit, and then the rest is not waited for. */
async function readCapped(body: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const reader = apply(getReader, body, []) as ReadableStreamDefaultReader<Uint8Array>;
  const decoder = new Decoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await (apply(readOn, reader, []) as ReturnType<typeof reader.read>);
    if (done) return text + (apply(decode, decoder, []) as string);
    bytes += value.byteLength;
    if (bytes > ANSWER_LIMIT) {
      // Not awaited: a cancelled half of a cloned body settles only when the page has read its own half.
      apply(then, apply(cancel, reader, []), [undefined, () => undefined]);
      return undefined;
    }
    text += apply(decode, decoder, [value, { stream: true }]) as string;
  }
}

function textOf(type: unknown, text: () => unknown, response: unknown): string | undefined {
  if (type === '' || type === 'text') return text() as string;
  if (type === 'json') return stringify(response);
  if (type === 'arraybuffer' && response instanceof ArrayBuffer) {
    return response.byteLength <= ANSWER_LIMIT ? (apply(decode, new Decoder(), [response]) as string) : undefined;
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
