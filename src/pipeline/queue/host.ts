// What the queue knows of one host: `(state, event) → state`, and when the next transfer to it may start.
import { getDomain } from 'tldts';
import { QUEUE_LIMITS } from './limits';

export interface HostState {
  /** Transfers under way; forgotten with the background, as they are. */
  inFlight: number;
  /** No start before this time, so that starts keep their distance. */
  nextStart: number;
  /** No start before this time because the host asked for rest; outlives the background. */
  pausedUntil: number;
  /** 429 and 503 in a row. */
  strikes: number;
}

export type HostEvent =
  | { kind: 'started'; now: number; random: number }
  /** A transfer ended in any way but 'throttled'; `answered` when the server answered at all. */
  | { kind: 'ended'; answered: boolean }
  /** The server said 429 or 503, perhaps with a Retry-After. */
  | { kind: 'throttled'; now: number; retryAfterMs?: number };

export const IDLE_HOST: HostState = { inFlight: 0, nextStart: 0, pausedUntil: 0, strikes: 0 };

/** Registrable domain of an address (`img2.example.co.uk` → `example.co.uk`); the host name itself where there is none. */
export function hostOf(address: string): string {
  const { hostname } = new URL(address);
  return getDomain(hostname) ?? hostname;
}

/** The host after an event. `random` is uniform in [0, 1). */
export function hostAfter(host: HostState, event: HostEvent): HostState {
  switch (event.kind) {
    case 'started': {
      const factor = 1 + QUEUE_LIMITS.startJitter * (2 * event.random - 1);
      return { ...host, inFlight: host.inFlight + 1, nextStart: event.now + QUEUE_LIMITS.startInterval * factor };
    }
    case 'ended':
      return { ...host, inFlight: Math.max(0, host.inFlight - 1), strikes: event.answered ? 0 : host.strikes };
    case 'throttled': {
      const strikes = host.strikes + 1;
      const asked = event.retryAfterMs === undefined ? 0 : event.now + clampRetryAfter(event.retryAfterMs);
      const parked = strikes >= QUEUE_LIMITS.strikes ? event.now + QUEUE_LIMITS.parked : 0;
      return {
        ...host,
        inFlight: Math.max(0, host.inFlight - 1),
        strikes,
        pausedUntil: Math.max(host.pausedUntil, asked, parked),
      };
    }
  }
}

function clampRetryAfter(ms: number): number {
  return Math.min(QUEUE_LIMITS.retryAfterMax, Math.max(QUEUE_LIMITS.retryAfterMin, ms));
}

/** Earliest time (ms since the epoch) a transfer to this host may start; Infinity while it has its full share under way. */
export function mayStartAt(host: HostState, now: number): number {
  if (host.inFlight >= QUEUE_LIMITS.transfersPerHost) return Number.POSITIVE_INFINITY;
  return Math.max(now, believable(host.nextStart, now), believable(host.pausedUntil, now));
}

/**
 * A stored time, or `now` where it lies ahead twice as far as any wait the queue ever gives: then the clock was set back
 * since, and waiting for it could take years.
 */
export function believable(time: number, now: number): number {
  return time - now > 2 * QUEUE_LIMITS.retryAfterMax ? now : time;
}
