// The page must not notice that its fetch and XMLHttpRequest are observed; the collector must hear what they bring.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hideTexts } from '../../src/entries/content/answers/native-looks';
import { ANSWER_LIMIT, observeFetch, observeXhr } from '../../src/entries/content/answers/observe-answers';

type Heard = [url: string, body: string][];

function observed(native: typeof fetch) {
  const heard: Heard = [];
  const page = { fetch: native, XMLHttpRequest: Xhr as unknown as typeof XMLHttpRequest };
  observeFetch(page, (url, body) => heard.push([url, body]));
  return { page, heard };
}

function response(body: BodyInit | null, type = 'application/json', init: ResponseInit = {}) {
  const answer = new Response(body, { ...init, headers: { 'content-type': type, ...init.headers } });
  return answer;
}

/** As the browser has it: what can be read are accessors of the prototype. */
class Xhr extends EventTarget {
  state: Record<string, unknown> = {
    status: 200,
    responseType: '',
    responseURL: 'https://s.test/api',
    responseText: '{"b":2}',
    response: '{"b":2}',
    type: 'application/json',
  };
  sent: unknown[] = [];
  get status() {
    return this.state.status;
  }
  get responseType() {
    return this.state.responseType;
  }
  get responseURL() {
    return this.state.responseURL;
  }
  get responseText() {
    return this.state.responseText;
  }
  get response() {
    return this.state.response;
  }
  send(...args: unknown[]) {
    this.sent = args;
    if (args[0] === 'bad') throw new DOMException('bad', 'InvalidStateError');
  }
  getResponseHeader(name: string) {
    return name === 'content-type' ? this.state.type : null;
  }
}

/** The same with a `send` of its own, so that tests do not see each other's. */
function observedXhr() {
  class Own extends Xhr {}
  for (const name of Object.getOwnPropertyNames(Xhr.prototype)) {
    if (name === 'constructor') continue;
    const member = Object.getOwnPropertyDescriptor(Xhr.prototype, name) as PropertyDescriptor;
    Object.defineProperty(Own.prototype, name, member);
  }
  const heard: Heard = [];
  observeXhr({ fetch, XMLHttpRequest: Own as unknown as typeof XMLHttpRequest }, (url, body) =>
    heard.push([url, body]),
  );
  return { Own, heard };
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
    expect(heard).toEqual([['', '{"a":1}']]);
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

  it('looks native: name, length, properties, descriptor, and its text in whatever way it is asked for', () => {
    const native = globalThis.fetch;
    const { page } = observed(native);
    const before = Object.getOwnPropertyDescriptor({ fetch: native }, 'fetch');
    expect({ ...Object.getOwnPropertyDescriptor(page, 'fetch'), value: 0 }).toEqual({ ...before, value: 0 });
    expect(page.fetch.name).toBe(native.name);
    expect(page.fetch.length).toBe(native.length);
    expect(Reflect.ownKeys(page.fetch)).toEqual(Reflect.ownKeys(native));
    const realm = { Function: class extends Function {} as unknown as FunctionConstructor };
    const asked = Function.prototype.toString;
    hideTexts(realm);
    const { toString: text } = realm.Function.prototype;
    expect(text.call(page.fetch)).toBe(asked.call(native));
    expect(text.call(text)).toBe(asked.call(asked));
    expect([text.name, text.length]).toEqual([asked.name, asked.length]);
    expect(() => text.call({})).toThrow(TypeError);
  });

  it('leaves no frame of ours in the stacks of errors', async () => {
    const native = () => Promise.reject(new Error('theirs'));
    const stackOf = async (fetch: () => Promise<unknown>) => {
      const error = (await fetch().catch(error => error)) as Error;
      return (error.stack ?? '').split('\n').filter(line => line.includes('native-looks.ts'));
    };
    const { page } = observed(native as typeof fetch);
    expect(await stackOf(page.fetch as () => Promise<unknown>)).toEqual([]);
    const { Own } = observedXhr();
    const error = (() => {
      try {
        new Own().send('bad');
      } catch (error) {
        return error as Error;
      }
    })();
    expect(error?.stack).not.toMatch(/native-looks/);
  });

  it('calls nothing that the page has put in place of what is built in', async () => {
    const called: string[] = [];
    const traps: [object, string][] = [
      [Response.prototype, 'clone'],
      [Promise.prototype, 'then'],
      [Headers.prototype, 'get'],
      [ReadableStream.prototype, 'getReader'],
      [Reflect, 'apply'],
      [RegExp.prototype, 'test'],
      [RegExp.prototype, 'exec'],
    ];
    const { page, heard } = observed(async () => response('{"a":1}'));
    const kept = traps.map(([holder, name]) => Object.getOwnPropertyDescriptor(holder, name) as PropertyDescriptor);
    let got: Promise<Response>;
    try {
      for (const [holder, name] of traps) {
        const { value: native } = Object.getOwnPropertyDescriptor(holder, name) as {
          value: (...a: never[]) => unknown;
        };
        const trap = function (this: unknown, ...words: never[]) {
          const caller = new Error().stack?.split('\n')[2] ?? '';
          if (caller.includes('content/observe-answers.ts')) called.push(name);
          return native.apply(this, words);
        };
        Object.defineProperty(holder, name, { value: trap, configurable: true, writable: true });
      }
      got = page.fetch('x');
      await settle();
    } finally {
      for (const [i, [holder, name]] of traps.entries())
        Object.defineProperty(holder, name, kept[i] as PropertyDescriptor);
    }
    expect(await (await got).json()).toEqual({ a: 1 });
    expect(called).toEqual([]);
    expect(heard).toHaveLength(1);
  });

  it.each([
    ['a picture', response('x', 'image/jpeg')],
    ['no type', new Response(new Uint8Array([1]))],
    ['an error page', response('{}', 'application/json', { status: 500 })],
    ['a body too long by its header', response('{}', 'application/json', { headers: { 'content-length': '5000001' } })],
    ['no body', response(null)],
  ])('does not read %s', async (_name, answer) => {
    const { page, heard } = observed(async () => answer);
    await page.fetch('x');
    await settle();
    expect(answer.bodyUsed).toBe(false);
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
    const page = { fetch: async () => response('{}'), XMLHttpRequest: Xhr as unknown as typeof XMLHttpRequest };
    observeFetch(page, () => {
      throw new Error('our own');
    });
    await page.fetch();
    await settle();
  });
});

describe('XMLHttpRequest, observed', () => {
  afterEach(() => vi.unstubAllGlobals());

  function answerOf(change: Record<string, unknown>) {
    const { Own, heard } = observedXhr();
    const xhr = new Own();
    Object.assign(xhr.state, change);
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
