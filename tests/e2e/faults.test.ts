// Servers that misbehave in every way the queue names, and awkward files: each download ends as it should, the screen says why.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { press } from '../../harness/browsers/elements';
import { type Collection, readCollection } from '../../harness/collection';
import { residentMegabytes } from '../../harness/memory';
import { downloadAll, grantAccess } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import type { Walk } from '../../harness/walk';
import { queueUp } from '../../scripts/soak/queue-up';
import { REASONS } from '../../src/contract/job';
import type { Label } from '../../src/contract/label';
import { check } from '../../src/pipeline/download/check';
import {
  addFaultHosts,
  addressOf,
  addStrangersHosts,
  endless,
  faultsIn,
  hostOf,
  missing,
  PRIVATE_HOST,
  PRIVATE_HOSTS,
  RETRY_AFTER_S,
  STRANGERS,
  throttled,
} from './pages/fault-hosts';
import { addOddHosts, oddAddress, oddFiles } from './steps/odd-files';
import { stage } from './steps/stage';

const SENTENCES = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../public/_locales/en/messages.json'), 'utf8'),
) as Record<string, { message: string }>;
/** A transfer is cut at 25 MB; what the sockets' buffers hold beyond is sent, but never read. */
const MOST_SENT = 60 * 1024 ** 2;
const COOKIE_HOST = hostOf('sound');

describe.each(BROWSER_NAMES)('a misbehaving server in %s', browser => {
  let walk: Walk;
  const faults = faultsIn(browser);
  const files = oddFiles();
  let label: Label;
  let odd: Label;
  let strangers: Label;
  let ended: Collection;
  /** Headers that tell who asks, as `name host`. */
  const told: string[] = [];

  beforeAll(async () => {
    endless.sent = 0;
    missing.mended = false;
    throttled.length = 0;
    walk = await stage(browser, {
      labels: [],
      alterHosts(hosts) {
        addFaultHosts(hosts);
        addOddHosts(hosts, files);
        addStrangersHosts(hosts);
        for (const [name, host] of hosts) {
          hosts.set(name, (request, url, response) => {
            // The browser's own visit of a page may carry what it likes.
            if (url.pathname === '/visit') {
              response.writeHead(200, {
                'content-type': 'text/html',
                'set-cookie': 'who=me; Secure; SameSite=None; Max-Age=9999',
              });
              response.end('<!doctype html><link rel="icon" href="data:,"><p>A cookie is set.</p>');
              return;
            }
            for (const header of ['cookie', 'referer', 'authorization'])
              if (request.headers[header] !== undefined) told.push(`${header} ${name}`);
            return host(request, url, response);
          });
        }
      },
    });
    const page = await walk.driver.newPage();
    await walk.driver.open(page, `https://${COOKIE_HOST}/visit`);
    expect(await page.evaluate(() => document.cookie)).toContain('who=me');
    await page.close();
    await grantAccess(walk);
    await queueUp(walk.app, 'earlier', [{ url: `https://${hostOf('first')}/picture.jpg` }]);
    await downloadAll(walk, Date.now());
    const before = weigh(walk);
    label = await queueUp(
      walk.app,
      'faults',
      faults.map(fault => ({ url: addressOf(fault), ...(fault.sourcePage ? { sourcePage: fault.sourcePage } : {}) })),
    );
    strangers = await queueUp(walk.app, 'strangers', STRANGERS);
    // They come while the hosts above are waited for.
    odd = await queueUp(
      walk.app,
      'odd',
      files.map((_, number) => ({ url: oddAddress(number) })),
    );
    await downloadAll(walk, Date.now());
    const after = weigh(walk);
    if (before !== undefined && after !== undefined)
      walk.say(`${files.length} odd files; the browser's processes grew by ${after - before} MB.`);
    ended = await readCollection(walk.app);
  });
  afterAll(() => walk?.close());

  it('ends every download as stored or with its own reason', () => {
    const ends = faults.map(fault => {
      const job = ended.jobs.find(job => job.labelId === label.id && job.candidate.url === addressOf(fault));
      return [fault.name, job?.reason ?? job?.state];
    });
    expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(faults.map(({ name, end }) => [name, end])));
    const stored = faults.filter(({ end }) => end === 'stored').length;
    expect(ended.samples.filter(sample => sample.labelId === label.id)).toHaveLength(stored);
  });

  it('asks as often as that end needs, and no more', () => {
    const asked = (host: string) => walk.site.requests.filter(request => request === `${host}/picture.jpg`).length;
    const wrong = faults
      .filter(({ answer }) => answer)
      .flatMap(({ name, hits, breaks }) => {
        const times = asked(hostOf(name));
        const most = breaks ? 2 * hits : hits;
        return times >= hits && times <= most ? [] : [`${name}: asked ${times} times, not ${hits}`];
      });
    expect(wrong).toEqual([]);
    expect(walk.site.requests.filter(request => request.includes('8443'))).toEqual([]);
  });

  it('waits as long as Retry-After asks', () => {
    const waits = throttled.slice(1).map((at, i) => at - (throttled[i] ?? 0));
    expect(waits).toHaveLength(2);
    // A server's and a browser's clocks are read at different ends of the wire.
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(RETRY_AFTER_S * 1000 - 50);
  });

  it('stops reading a body that does not end', () => {
    expect(endless.sent).toBeGreaterThan(25 * 1024 ** 2);
    expect(endless.sent).toBeLessThan(MOST_SENT);
  });

  it('takes a page or one image for many addresses for what they are, and keeps no stand-in', () => {
    const jobs = ended.jobs.filter(job => job.labelId === strangers.id);
    expect(jobs.map(({ reason }) => reason)).toEqual(STRANGERS.map(() => 'page-wanted'));
    expect(ended.samples.filter(sample => sample.labelId === strangers.id)).toEqual([]);
  });

  it('sends no cookie and, before the user says so, no Referer', () => {
    expect(told).toEqual([]);
  });

  it('sends no request into a private network, also where a public host leads there', () => {
    const heard = walk.site.requests.filter(request => PRIVATE_HOSTS.some(host => request.startsWith(host)));
    expect(heard).toEqual([]);
    expect(ended.samples.map(sample => sample.candidate.url).filter(url => url.includes(PRIVATE_HOST))).toEqual([]);
  });

  it('stores every awkward file upright or refuses it with the right reason', () => {
    for (const [number, { name, bytes, ends }] of files.entries()) {
      const job = ended.jobs.find(
        ({ labelId, candidate }) => labelId === odd.id && candidate.url === oddAddress(number),
      );
      const end = job?.reason ?? job?.state;
      if (ends) expect(ends, name).toContain(end);
      const checked = check(bytes);
      if (!checked.ok) {
        expect(REASONS, name).toContain(end);
        expect(end, name).toBe(checked.reason);
      } else if (end !== 'stored') {
        // What only decoding or the rest of the collection can tell.
        expect(['undecodable', 'duplicate-of'], name).toContain(end);
      } else {
        const sample = ended.samples.find(({ sha256 }) => sha256 === job?.sha256);
        expect(sample, name).toBeDefined();
        // What a header says of files of others is for their readers to agree on (tests/formats/odd-images).
        const { width, height } = checked.header;
        const upright = /^turned-[5-8]/.test(name) ? { width: height, height: width } : { width, height };
        if (ends) expect({ width: sample?.width, height: sample?.height }, name).toEqual(upright);
      }
    }
  });

  it("says each reason on the label's screen, and which label holds a duplicate", async () => {
    await walk.app.evaluate(id => {
      location.hash = `#dataset/${id}`;
    }, label.id);
    const summary = await walk.app.waitForSelector('details.failures summary', { timeout: 30_000 });
    await summary?.click();
    const shown = () => walk.app.$eval('details.failures', details => (details.textContent ?? '').replace(/\s+/g, ' '));
    const missing = async () => {
      const words = await shown();
      const reasons = new Set(faults.map(({ end }) => end).filter(end => end !== 'stored'));
      return [...reasons].filter(
        reason => !words.includes(SENTENCES[`reason_${reason.replaceAll('-', '_')}`]?.message ?? 'no sentence'),
      );
    };
    await waitFor(
      'all reasons',
      async () => ((await missing()).length === 0 ? true : undefined),
      20_000,
      async () => `Not said: ${await missing()}`,
    );
    await waitFor(
      'the other label',
      async () => ((await shown()).includes('(earlier)') ? true : undefined),
      20_000,
      shown,
    );
  });

  it('tries again what failed for one reason, and leaves the rest', async () => {
    missing.mended = true;
    const hits = () =>
      faults.map(fault => walk.site.requests.filter(r => r.startsWith(`${hostOf(fault.name)}/`)).length);
    const before = hits();
    const button = await walk.app.waitForSelector(
      `::-p-xpath(//details[contains(@class, 'failures')]//li[contains(., '${SENTENCES.reason_not_found?.message}')]//button)`,
      { timeout: 10_000 },
    );
    await button?.click();
    const job = async () =>
      (await readCollection(walk.app)).jobs.find(
        ({ labelId, candidate }) =>
          labelId === label.id && candidate.url === `https://${hostOf('missing')}/picture.jpg`,
      );
    await waitFor('the picture', async () => ((await job())?.state === 'stored' ? true : undefined), 30_000);
    const asked = faults.filter((_, n) => hits()[n] !== before[n]).map(({ name }) => name);
    expect(asked).toEqual(['missing', 'gone-page']);
    expect(told).toEqual([]);
    const kept = new Set((await readCollection(walk.app)).samples.map(({ sha256 }) => sha256));
    expect(ended.samples.filter(({ sha256 }) => !kept.has(sha256))).toEqual([]);
  });

  it('asks once whether sites may be told the page, tells those that want it, and keeps the answer', async () => {
    const words = SENTENCES.tell_pages?.message ?? '';
    await press(walk.app, words);
    const hotlink = `https://${hostOf('hotlink')}/picture.jpg`;
    const job = async () => (await readCollection(walk.app)).jobs.find(({ candidate }) => candidate.url === hotlink);
    await waitFor('the picture', async () => ((await job())?.state === 'stored' ? true : undefined), 30_000);
    const there = async () =>
      (await readCollection(walk.app)).samples.filter(sample => sample.labelId === strangers.id).length;
    await waitFor(
      'the images that strangers do not get',
      async () => (await there()) === STRANGERS.length || undefined,
      30_000,
    );
    const hosts = [hostOf('hotlink'), 'hot.imagehost.example', 'media.forum.example'];
    expect([...new Set(told)].sort()).toEqual(hosts.map(host => `referer ${host}`).sort());
    const asked = () => walk.app.evaluate(label => document.body.textContent?.includes(label), words);
    await waitFor('no more question', async () => (await asked()) === false || undefined, 10_000);
    await walk.app.evaluate(() => {
      location.hash = '#settings';
    });
    const select = await walk.app.waitForSelector('select:has(option[value="always"])', { timeout: 10_000 });
    expect(await select?.evaluate(element => (element as HTMLSelectElement).value)).toBe('always');
  });
});

function weigh(walk: Walk): number | undefined {
  const pid = walk.app.browser().process()?.pid;
  return pid === undefined ? undefined : residentMegabytes(pid);
}
