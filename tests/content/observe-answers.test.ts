// The page must not notice that its fetch and XMLHttpRequest are observed; the collector must hear what they bring.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_LIMIT, observeFetch, observeXhr } from '../../src/entries/content/observe-answers';

type Heard = [url: string, body: string][];

function observed(native: typeof fetch) {
  const heard: Heard = [];
  const page = { fetch: native, XMLHttpRequest: class {} as unknown as typeof XMLHttpRequest };
  observeFetch(page, (url, body) => heard.push([url, body]));
  return { page, heard };
}

function response(body: BodyInit | null, type = 'application/json', init: ResponseInit = {}) {
  const answer = new Response(body, { ...init, headers: { 'content-type': type, ...init.headers } });
  Object.defineProperty(answer, 'url', { value: 'https://s.test/i.js' });
  return answer;
}

const settle = () => new Promise(resolve => setTimeout(resolve, 5));

describe('fetch, observed', () => {
  it('gives the page its own response, unread, and the collector the text', async () => {
    const answer = response('{"a":1}');
    const { page, heard } = observed(async () => answer);
    const got = await page.fetch('https://s.test/i.js');
    expect(got).toBe(answer);
    expect(got.bodyUsed).toBe(false);
    expect(await got.json()).toEqual({ a: 1 });
    await settle();
    expect(heard).toEqual([['https://s.test/i.js', '{"a":1}']]);
  });

  it('passes the same arguments and the same `this`', async () => {
    const native = vi.fn(async () => response('{}'));
    const { page } = observed(native as typeof fetch);
    const init = { method: 'POST' };
    await Reflect.apply(page.fetch, undefined, ['x', init]);
    expect(native).toHaveBeenCalledWith('x', init);
    expect(native.mock.contexts[0]).toBeUndefined();
  });

  it('rejects with the same reason', async () => {
    const reason = new TypeError('Failed to fetch');
    const { page } = observed(() => Promise.reject(reason));
    await expect(page.fetch('x')).rejects.toBe(reason);
  });

  it('leaves a failure the page does not handle unhandled, exactly once', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', listener);
    try {
      const { page } = observed(() => Promise.reject(new Error('offline')));
      void page.fetch('x');
      await settle();
      expect(unhandled).toHaveLength(1);
    } finally {
      process.removeListener('unhandledRejection', listener);
      for (const other of others) process.on('unhandledRejection', other);
    }
  });

  it('looks native: name, length, source text, constructability', () => {
    const { page } = observed(fetch);
    expect(page.fetch.name).toBe('fetch');
    expect(page.fetch.length).toBe(fetch.length);
    expect(page.fetch.toString()).toBe(fetch.toString());
    expect(`${page.fetch}`).toBe(`${fetch}`);
    const parse = observed(parseInt as unknown as typeof fetch).page.fetch;
    expect(Function.prototype.toString.call(parse)).toContain('[native code]');
  });

  it.each([
    ['a picture', response('x', 'image/jpeg')],
    ['no type', new Response(new Uint8Array([1]))],
    ['an error page', response('{}', 'application/json', { status: 500 })],
    ['a body too long by its header', response('{}', 'application/json', { headers: { 'content-length': '5000001' } })],
    ['no body', response(null)],
  ])('does not read %s', async (_name, answer) => {
    const clone = vi.spyOn(answer, 'clone');
    const { page, heard } = observed(async () => answer);
    await page.fetch('x');
    await settle();
    expect(clone).not.toHaveBeenCalled();
    expect(heard).toEqual([]);
  });

  it('stops reading at the limit while the page reads on', async () => {
    const long = 'x'.repeat(ANSWER_LIMIT + 10);
    const { page, heard } = observed(async () => response(long, 'text/html'));
    const got = await page.fetch('x');
    expect((await got.text()).length).toBe(long.length);
    await settle();
    expect(heard).toEqual([]);
  });

  it('throws nothing when the response is hostile or the collector fails', async () => {
    const hostile = response('{}');
    Object.defineProperty(hostile, 'headers', {
      get() {
        throw new Error('hostile');
      },
    });
    expect(await observed(async () => hostile).page.fetch('x')).toBe(hostile);
    const page = { fetch: async () => response('{}'), XMLHttpRequest: class {} as unknown as typeof XMLHttpRequest };
    observeFetch(page, () => {
      throw new Error('our own');
    });
    await page.fetch();
    await settle();
  });
});

describe('XMLHttpRequest, observed', () => {
  afterEach(() => vi.unstubAllGlobals());

  class Xhr extends EventTarget {
    status = 200;
    responseType = '';
    responseURL = 'https://s.test/api';
    responseText = '{"b":2}';
    response: unknown = this.responseText;
    type: string | null = 'application/json';
    sent: unknown[] = [];
    send(...args: unknown[]) {
      this.sent = args;
      if (args[0] === 'bad') throw new DOMException('bad', 'InvalidStateError');
    }
    getResponseHeader(name: string) {
      return name === 'content-type' ? this.type : null;
    }
  }
  function observedXhr() {
    class Own extends Xhr {
      override send(...args: unknown[]) {
        return super.send(...args);
      }
    }
    const heard: Heard = [];
    observeXhr({ fetch, XMLHttpRequest: Own as unknown as typeof XMLHttpRequest }, (url, body) =>
      heard.push([url, body]),
    );
    return { Own, heard };
  }
  function answerOf(change: Partial<Xhr>) {
    const { Own, heard } = observedXhr();
    const xhr = Object.assign(new Own(), change);
    xhr.send('body');
    expect(xhr.sent).toEqual(['body']);
    xhr.dispatchEvent(new Event('load'));
    return heard;
  }

  it('hears text, JSON and buffers', () => {
    expect(answerOf({})).toEqual([['https://s.test/api', '{"b":2}']]);
    expect(answerOf({ responseType: 'json', response: { c: 3 } })).toEqual([['https://s.test/api', '{"c":3}']]);
    const buffer = new TextEncoder().encode('{"d":4}').buffer;
    expect(answerOf({ responseType: 'arraybuffer', response: buffer })).toEqual([['https://s.test/api', '{"d":4}']]);
  });

  it('does not read pictures, failures and blobs', () => {
    expect(answerOf({ type: 'image/png' })).toEqual([]);
    expect(answerOf({ type: null })).toEqual([]);
    expect(answerOf({ status: 403 })).toEqual([]);
    expect(answerOf({ responseType: 'blob', response: {} })).toEqual([]);
  });

  it('throws what send throws, and nothing of its own', () => {
    const { Own } = observedXhr();
    expect(() => new Own().send('bad')).toThrow(DOMException);
    const detached = Own.prototype.send as (body: string) => void;
    // Not an XMLHttpRequest: the listener cannot be added, and the native method alone decides what happens.
    expect(() => Reflect.apply(detached, {}, ['x'])).not.toThrow();
    expect(detached.name).toBe('send');
  });
});
