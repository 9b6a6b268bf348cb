// Keeps the background awake while it works, and has it woken when it may work again. A convenience: the queue survives without.
import browser from 'webextension-polyfill';

/** Both browsers stop an idle background after 30 s; a call of their API starts the count anew. */
const PING = 20_000;
const ALARM = 'gleaner-queue';

/** Keeps the background awake until the signal aborts. */
export function keepAwake(signal: AbortSignal): void {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), PING);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/**
 * Has the background woken at a time (ms since the epoch) and, should it die before it says otherwise, every half
 * minute after. The browsers forget alarms now and then, so this is called anew on every start of the queue.
 */
export async function wakeAt(time: number): Promise<void> {
  await browser.alarms.create(ALARM, { when: Math.max(time, Date.now() + 1000), periodInMinutes: 0.5 });
}

export async function wakeNoMore(): Promise<void> {
  await browser.alarms.clear(ALARM);
}

/** Must be called while the background starts. */
export function onWake(callback: () => void): void {
  browser.alarms.onAlarm.addListener(alarm => {
    if (alarm.name === ALARM) callback();
  });
}
