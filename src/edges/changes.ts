// Tells every open context of the extension which rows changed, so that lists read again.
import type { Changed } from '../contract/messages';

const NAME = 'gleaner-changes';
let channel: BroadcastChannel | undefined;

export function announce(changed: Changed): void {
  channel ??= new BroadcastChannel(NAME);
  channel.postMessage(changed);
}

/** Calls back on every announcement of another context until the signal aborts. */
export function onChanged(callback: (changed: Changed) => void, signal: AbortSignal): void {
  const listener = new BroadcastChannel(NAME);
  listener.onmessage = event => callback(event.data as Changed);
  signal.addEventListener('abort', () => listener.close(), { once: true });
}
