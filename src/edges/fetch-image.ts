// Fetches one image: no cookies, no referrer, bounded in time and bytes, checked again after redirects.
import type { JobOutcome } from '../contract/job';
import { concatenated } from '../formats/bytes';
import { refusedAddress } from '../pipeline/download/address';
import { FETCH_LIMITS, IMAGE_LIMITS } from '../pipeline/download/limits';
import { optedOut } from '../pipeline/download/opt-out';
import { outcomeOfStatus } from '../pipeline/download/status';

export interface FetchOptions {
  /** Honour X-Robots-Tag noai and noimageai. */
  honourOptOut: boolean;
  /** False where a redirect could lead into a private network unseen; true when not said. */
  followRedirects?: boolean;
  fetch?: typeof fetch;
  limits?: { headers: number; stalled: number; total: number; bytes: number };
}

export type Fetched =
  /** `landed`: where a redirect ended. */
  | { ok: true; body: Uint8Array<ArrayBuffer>; landed?: string }
  /** `status` is missing when no server answered. */
  | { ok: false; outcome: Exclude<JobOutcome, { kind: 'stored' } | { kind: 'storage-full' }>; status?: number };

const LIMITS = { ...FETCH_LIMITS, bytes: IMAGE_LIMITS.bytes };

/** The body of an address, or why there is none. Whatever the server does, this resolves within the total time. */
export async function fetchImage(address: string, options: FetchOptions): Promise<Fetched> {
  const refused = refusedAddress(address);
  if (refused) return failed({ kind: 'rejected', reason: refused });
  const limits = options.limits ?? LIMITS;
  const clock = new Clock(limits.headers, limits.total);
  const ask = (redirect: RequestRedirect) =>
    (options.fetch ?? fetch)(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect,
      signal: clock.signal,
    });
  try {
    const response =
      options.followRedirects === false
        ? await ask('manual')
        : await ask('follow').catch(error => askAgain(ask, error));
    if (response.type === 'opaqueredirect') return failed({ kind: 'rejected', reason: 'no-permission' });
    clock.allow(limits.stalled, 'timeout-stalled');
    const verdict = verdictOf(response, options.honourOptOut, limits.bytes);
    if (verdict) {
      clock.stop();
      return { ok: false, outcome: verdict, status: response.status };
    }
    const body = await read(response, limits.bytes, () => clock.allow(limits.stalled, 'timeout-stalled'));
    if (body === undefined) clock.stop();
    return body
      ? { ok: true, body, ...(response.redirected ? { landed: response.url } : {}) }
      : failed({ kind: 'rejected', reason: 'too-large' }, response.status);
  } catch (error) {
    if (clock.expired) return failed({ kind: 'retry', reason: clock.expired });
    if (error instanceof LedAstray) return failed({ kind: 'rejected', reason: 'redirect-refused' });
    return failed({ kind: 'retry', reason: 'network', detail: error instanceof Error ? error.message : String(error) });
  } finally {
    clock.clear();
  }
}

/** A redirect could not be followed, twice, although its server answers. */
class LedAstray extends Error {}

/**
 * A hop that the browser's rules refuse looks like a broken connection. So the server is asked where it stands itself: when
 * it answers with a redirect, that redirect is followed once more, in case only its end had failed, and then refused.
 * Otherwise rejects as before.
 */
async function askAgain(ask: (redirect: RequestRedirect) => Promise<Response>, broken: unknown): Promise<Response> {
  const own = await ask('manual');
  await own.body?.cancel();
  if (own.type !== 'opaqueredirect') throw broken;
  return ask('follow').catch(error => {
    throw new LedAstray('redirect', { cause: error });
  });
}

function failed(outcome: Extract<Fetched, { ok: false }>['outcome'], status?: number): Fetched {
  return { ok: false, outcome, ...(status === undefined ? {} : { status }) };
}

/** Why the body of this response is not worth reading. */
function verdictOf(response: Response, honourOptOut: boolean, most: number) {
  if (response.redirected && refusedAddress(response.url))
    return { kind: 'rejected', reason: 'redirect-refused', detail: new URL(response.url).hostname } as const;
  const status = outcomeOfStatus(response.status, response.headers.get('retry-after'), Date.now());
  if (status && (status.kind === 'rejected' || status.kind === 'retry')) return status;
  if (honourOptOut && optedOut(response.headers.get('x-robots-tag')))
    return { kind: 'rejected', reason: 'opted-out' } as const;
  if (Number(response.headers.get('content-length')) > most)
    return { kind: 'rejected', reason: 'too-large', detail: `${response.headers.get('content-length')}` } as const;
  return undefined;
}

/** The body, at most `most` bytes after content decoding; undefined when there are more. */
async function read(response: Response, most: number, alive: () => void): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
    alive();
    length += chunk.value.length;
    if (length > most) return undefined;
    chunks.push(chunk.value);
  }
  // Some browsers take a connection that broke off for the end of the body.
  const announced = Number(response.headers.get('content-length'));
  if (!response.headers.has('content-encoding') && length < announced)
    throw new Error(`${length} of ${announced} bytes`);
  return concatenated(chunks);
}

type Timeout = 'timeout-headers' | 'timeout-stalled' | 'timeout-total';

/** Aborts a transfer when nothing came for too long, or when it took too long in all. */
class Clock {
  /** Which time ran out. */
  expired: Timeout | undefined;
  private readonly controller = new AbortController();
  private readonly total: ReturnType<typeof setTimeout>;
  private step: ReturnType<typeof setTimeout> | undefined;

  constructor(headers: number, total: number) {
    this.total = setTimeout(() => this.expire('timeout-total'), total);
    this.allow(headers, 'timeout-headers');
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Starts the wait for the next sign of life. */
  allow(ms: number, what: Timeout): void {
    clearTimeout(this.step);
    this.step = setTimeout(() => this.expire(what), ms);
  }

  /** Ends the transfer, whose remaining bytes nobody wants. */
  stop(): void {
    this.controller.abort();
  }

  clear(): void {
    clearTimeout(this.step);
    clearTimeout(this.total);
  }

  private expire(what: Timeout): void {
    this.expired = what;
    this.controller.abort();
  }
}
