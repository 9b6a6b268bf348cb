// One soak: thousands of images through the real extension while its background is killed again and again.
import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';
import { residentMegabytes } from '../../harness/memory';
import type { Walk } from '../../harness/walk';
import type { Host } from '../../harness/web/site';
import { LOOK_LIMITS } from '../../src/pipeline/download/limits';
import { type Audit, audit, stillQueued } from './audit';
import { noiseImage } from './pictures';
import { isPoison, poison, poisonImage } from './poison';
import { queueUp, wakeQueue } from './queue-up';

export interface SoakOptions {
  images: number;
  /** One image in so many is poisonous: the background dies each time it looks at it. None when not given. */
  poisonEvery?: number | undefined;
  /** Whether the background is killed now, so many seconds and ended images after the last kill. */
  killWhen: (seconds: number, ended: number) => boolean;
  /** Time after which what is not done is given up, in ms. */
  timeoutMs: number;
}

export interface SoakResult extends Audit {
  images: number;
  /** Of the images those that are poisonous. */
  poisonous: number;
  /** By the clock and by poison. */
  kills: number;
  /** Requests beyond one for each address that is not poisonous. */
  refetched: number;
  /** Most requests for one poisonous address. */
  poisonAsked: number;
  seconds: number;
  /** MB at start, half-way and end; empty where it cannot be measured. */
  memory: number[];
}

/** A transfer that is under way at a kill is fetched again: at most six for each kill. */
export const REFETCHED_PER_KILL = 6;
/**
 * How often a poisonous image may be asked for: once for each look, and now and then in vain, when another one or the clock
 * kills while it is on its way.
 */
export const POISON_ASKED = LOOK_LIMITS.looks + 2 * REFETCHED_PER_KILL;
/** Each host takes about four starts a second, so so many are more than the browser can use. */
const HOSTS = 60;
const DOMAIN = /\.soak\d+\.example$/;
const PATH = /^\/(large-|poison-)?(\d+)\.(?:bmp|png)$/;
const LARGE = 1024 * 1024;
const LOOK_MS = 200;

/** The hosts' answers, for `alterHosts` of a walk. */
export function addSoakHosts(hosts: Map<string, Host>): void {
  const host: Host = (_request, url, response) => {
    const [, kind, number] = PATH.exec(url.pathname) ?? [];
    if (number === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (kind === 'poison-') {
      response.writeHead(200, { 'content-type': 'image/png' }).end(poisonImage(Number(number)));
      return;
    }
    const image = noiseImage(Number(number));
    response.writeHead(200, { 'content-type': 'image/bmp' });
    // Readers stop at the last pixel, so what follows makes a file as large as one likes.
    response.end(kind ? Buffer.concat([image, Buffer.alloc(LARGE)]) : image);
  };
  for (let i = 0; i < HOSTS; i++) hosts.set(`img.soak${i}.example`, host);
}

export const soakAddress = (number: number) => `https://img.soak${number % HOSTS}.example/${number}.bmp`;
/** The same image in a file of a megabyte. */
export const largeSoakAddress = (number: number) => `https://img.soak${number % HOSTS}.example/large-${number}.bmp`;

/** An image that kills whoever looks at it, with the help of the soak. */
const poisonAddress = (number: number) => `https://img.soak${number % HOSTS}.example/poison-${number}.png`;

/** Runs until nothing is queued or the time is up. The walk has access to image sites and the soak's hosts. */
export async function soak(walk: Walk, { images, poisonEvery, killWhen, timeoutMs }: SoakOptions): Promise<SoakResult> {
  const addresses = Array.from({ length: images }, (_, i) =>
    poisonEvery && (i + 1) % poisonEvery === 0 ? poisonAddress(i) : soakAddress(i),
  );
  const [poisonous, sane] = [addresses.filter(isPoison), addresses.filter(address => !isPoison(address))];
  const pid = walk.app.browser().process()?.pid;
  const memory: number[] = [];
  const weigh = () => {
    const megabytes = pid === undefined ? undefined : residentMegabytes(pid);
    if (megabytes !== undefined) memory.push(megabytes);
  };
  const kill = await backgroundKiller(walk);
  const start = Date.now();
  weigh();
  await queueUp(
    walk.app,
    'soak',
    addresses.map(url => ({ url })),
  );
  let kills = 0;
  const killed = async () => {
    await kill();
    kills++;
    await wakeQueue(walk.app);
  };
  const done = new AbortController();
  const poisoning = poisonous.length > 0 ? poison(walk.app, killed, done.signal) : undefined;
  let last = { at: Date.now(), left: images };
  let toldAt = 0;
  let left = images;
  while (left > 0 && Date.now() - start < timeoutMs) {
    await pause(LOOK_MS);
    left = await stillQueued(walk.app);
    if (left > 0 && killWhen((Date.now() - last.at) / 1000, last.left - left)) {
      await killed();
      last = { at: Date.now(), left };
    }
    if (memory.length === 1 && left <= images / 2) weigh();
    if (Date.now() - toldAt > 10_000) {
      toldAt = Date.now();
      walk.say(`${images - left} of ${images} ended, ${kills} kills.`);
    }
  }
  const seconds = (Date.now() - start) / 1000;
  done.abort();
  await poisoning;
  weigh();
  const requests = walk.site.requests.filter(request => DOMAIN.test(request.split('/')[0] ?? ''));
  const ofSane = requests.filter(request => !isPoison(request));
  const refetched = ofSane.length - new Set(ofSane).size;
  const asked = poisonous.map(address => requests.filter(request => `https://${request}` === address).length);
  const poisonAsked = Math.max(0, ...asked);
  const audited = await audit(walk.app, sane, poisonous);
  return { images, poisonous: poisonous.length, kills, refetched, poisonAsked, seconds, memory, ...audited };
}

/**
 * Ends the background between any two of its steps. In Chromium from a page's session: a debugger that looked at the
 * worker itself would keep the browser from starting it again.
 */
async function backgroundKiller(walk: Walk): Promise<() => Promise<void>> {
  if (walk.driver.name === 'firefox') return () => walk.driver.killBackground();
  const session: CDPSession = await walk.app.createCDPSession();
  await session.send('ServiceWorker.enable');
  return async () => {
    await session.send('ServiceWorker.stopAllWorkers');
  };
}
