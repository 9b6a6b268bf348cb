// Harvesting where the page changes, fights back or is too large, in both browsers.
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForDownload } from '../../harness/browsers/downloads';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { readCollection } from '../../harness/collection';
import { drawTestImage, type LabelImages } from '../../harness/pictures/pictures';
import { grantAccess } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import type { Walk } from '../../harness/walk';
import { serveHeavyPage } from '../../scripts/bench/harvest/heavy-page';
import { MAX_CANDIDATES } from '../../src/contract/candidate';
import { armedPage, pryingPage, TRACKER } from './pages/armed-page';
import { carelesslyOffered, carelessPage } from './pages/careless-page';
import { closedTree, LAST_ELEMENT } from './pages/closed-tree';
import { forgedPage, REFUSED, SHOWN, smallImage, USABLE } from './pages/forged-tiles';
import {
  focusInPill,
  panelSays,
  pillSays,
  placeOf,
  pressInPanel,
  pressUndo,
  readPill,
  sidePanelOf,
} from './pages/panel';
import { type Notes, serveStrictPage } from './pages/strict-page';
import {
  addressesOf,
  begin,
  beginLookingOver,
  found,
  harvestRow,
  listed,
  open,
  rows,
  scrollDown,
  tellBackground,
  undone,
  WAIT_MS,
} from './steps/harvesting';
import { lookOver, PANEL } from './steps/look-over';
import { stage } from './steps/stage';

const PER_PAGE = 12;
const RESULTS = 2 * PER_PAGE;
/** Results of the search that is stopped long before its end. */
const LONG = 50 * PER_PAGE;

const labels: LabelImages[] = ['dots', 'rings'].map(label => ({
  label,
  images: Array.from({ length: RESULTS }, (_, i) => drawTestImage(label, i)),
}));

describe.each(BROWSER_NAMES)('difficult pages in %s', browser => {
  let walk: Walk;
  /** What the host of a saved copy gives, and what was asked of the host that the page would have loaded from. */
  let saved = '';
  const tracked: string[] = [];
  /** Opened before there was access, so that nobody heard what it fetched. */
  let early: Page;

  beforeAll(async () => {
    walk = await stage(browser, {
      labels,
      engine: 'google',
      furtherEngines: ['bing', 'duckduckgo'],
      perPage: PER_PAGE,
      alterHosts(hosts) {
        const [google, bing] = [hosts.get('www.google.com'), hosts.get('www.bing.com')];
        hosts.set('www.google.com', (request, url, response) => {
          const query = url.searchParams.get('q');
          if (query === 'bare') return html(BARE, response);
          if (query === 'armed') return html(armedPage(), response);
          if (query !== 'strict') return google?.(request, url, response);
          serveStrictPage(walk.web.results.get('dots') ?? [], response);
        });
        hosts.set('market.example', (_request, url, response) =>
          html(url.search === '?bare' ? BARE : pryingPage(listed(walk, 'dots')), response),
        );
        hosts.set('careless.example', (_request, url, response) => {
          if (url.pathname === '/') return html(carelessPage(), response);
          response.writeHead(404).end();
        });
        hosts.set('saved.example', (_request, _url, response) => html(saved, response));
        hosts.set(TRACKER, (_request, url, response) => {
          tracked.push(url.pathname);
          const small = smallImage(url.pathname, drawTestImage('dots', 0).bytes);
          if (small) response.writeHead(200, { 'content-type': small.type }).end(small.body);
          else response.writeHead(204).end();
        });
        hosts.set('www.bing.com', (request, url, response) => {
          const query = url.searchParams.get('q');
          if (query === 'forged') return html(forgedPage(walk.driver.extensionUrl('')), response);
          if (query !== 'heavy') return bing?.(request, url, response);
          return serveHeavyPage({ engine: 'bing', tiles: 7_000, scriptMegabytes: 5 }, response);
        });
      },
    });
    const { results } = walk.web;
    const [template] = results.get('rings') ?? [];
    if (template === undefined) throw new Error('no results');
    const long = Array.from({ length: LONG }, (_, i) => ({
      ...template,
      id: i.toString(16).padStart(40, '0'),
      address: `https://images.lantern.example/long/${i}.jpg`,
    }));
    results.set('long', long);
    early = await open(walk, walk.web.searchAddress('rings', 'duckduckgo'));
    await grantAccess(walk);
    // What is collected here need not be downloaded.
    await tellBackground(walk, 'pauseQueue');
  });
  afterAll(() => walk?.close());

  it('asks to reload a page that fetched its results before anybody could look', async () => {
    await early.bringToFront();
    const before = await begin(walk, early, 'results:query');
    await panelSays(early, new RegExp(`${PER_PAGE} images without an address: .*Reload the page`));
    await lookOver(walk.driver, await sidePanelOf(early), 'panel-reload', { looks: PANEL });
    expect((await readPill(early)).controls).toEqual(['Open', 'Close and stop collecting']);
    await early.reload();
    const harvest = await begin(walk, early, 'results:query');
    await found(walk, harvest, PER_PAGE);
    expect((await harvestRow(walk, before))?.found).toBe(0);
    await pressUndo(early);
    await undone(walk, harvest);
    await early.close();
  });

  it('finds what a tab switched to in the page brings, and stops when the image tab is left', async () => {
    const page = await open(walk, 'https://duckduckgo.com/?q=dots&ia=web');
    const harvest = await begin(walk, page, 'results:query');
    await panelSays(page, /No images found/);
    await lookOver(walk.driver, await sidePanelOf(page), 'panel-nothing', { looks: PANEL });
    await tab(page, 'Images');
    await found(walk, harvest, PER_PAGE);
    await found(walk, harvest, RESULTS, () => scrollDown(page));
    expect(addressesOf(await readCollection(walk.app), harvest)).toEqual(listed(walk, 'dots'));
    // The log names the engine that brought them, and the address of its tab.
    expect(await harvestRow(walk, harvest)).toMatchObject({ engine: 'duckduckgo', found: RESULTS, refused: {} });
    expect((await harvestRow(walk, harvest))?.pageUrl).toContain('iax=images');

    await tab(page, 'All');
    await panelSays(page, /no longer shows these results/);
    await addTile(page, 'https://late.example/1.jpg');
    await pause(900);
    expect((await harvestRow(walk, harvest))?.found).toBe(RESULTS);
    await tab(page, 'Images');
    await panelSays(page, /Collecting|Watching/);
    await pressUndo(page);
    await undone(walk, harvest);
    await page.close();
  });

  it('stops when it is told to, and goes on when more is asked for', async () => {
    const before = await rows(walk);
    const page = await open(walk, walk.web.searchAddress('long', 'bing'));
    const harvest = await begin(walk, page, 'results:query');
    await found(walk, harvest, PER_PAGE);
    await pressInPanel(page, 'Load more');
    await found(walk, harvest, 3 * PER_PAGE);
    await pressInPanel(page, 'Stop');
    await panelSays(page, /Stopped/);
    await pause(900);
    const then = (await harvestRow(walk, harvest))?.found ?? 0;
    expect(then).toBeLessThan(LONG);
    for (let i = 0; i < 3; i++) {
      await scrollDown(page);
      await pause(500);
    }
    expect((await harvestRow(walk, harvest))?.found).toBe(then);
    await pressInPanel(page, 'Load more');
    await found(walk, harvest, then + 2 * PER_PAGE);
    await pressUndo(page);
    await undone(walk, harvest);
    expect(await rows(walk)).toEqual(before);
    await page.close();
  });

  it('works under a strict policy in a page that fights back, disturbs nothing, and obeys no forgery', async () => {
    const page = await open(walk, 'https://www.google.com/search?q=strict&udm=2');
    const before = await readCollection(walk.app);
    const harvest = await begin(walk, page, 'results:ask', undefined, async () => {
      await pillSays(page, /Name the label/);
      const panel = await sidePanelOf(page);
      const name = (await panel.waitForSelector('input[placeholder="Name of the label"]'))!;
      await name.evaluate(input => {
        (input as HTMLInputElement).value = 'x'.repeat(1000);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await pressInPanel(page, 'Collect from this page');
      await panel.waitForSelector('.panel-foot .note');
      await lookOver(walk.driver, panel, 'panel-wrong', { looks: PANEL });
      await name.click({ count: 3 });
      await name.type('jk?');
      await pressInPanel(page, 'Collect from this page');
    });
    await pressInPanel(page, `Take ${RESULTS}`);
    await found(walk, harvest, RESULTS);
    const collected = await readCollection(walk.app);
    expect(collected.labels.map(label => label.name)).toContain('jk?');
    expect(addressesOf(collected, harvest)).toEqual(listed(walk, 'dots'));
    await panelSays(page, new RegExp(`${RESULTS} of ${RESULTS} images`));

    // The pointer passes over all of it, and a person tries to select what it says.
    await sweep(page);
    await page.evaluate("pry('jk?')");

    await pillSays(page, /here/);
    const view = await readPill(page);
    await page.evaluate(`forge(${LAST_ELEMENT})`);
    await pause(900);
    expect(await readPill(page)).toEqual(view);
    const after = await readCollection(walk.app);
    expect(after.jobs).toEqual(collected.jobs);
    expect(after.labels).toEqual(collected.labels);
    expect(after.harvests).toHaveLength(before.harvests.length + 1);

    // The keyboard reaches every control, and a page that throws the pill out gets it back.
    await focusInPill(page, 'Open');
    await page.evaluate(`${LAST_ELEMENT}.remove()`);
    await pillSays(page, /here/);
    await pressUndo(page);
    await undone(walk, harvest);
    await page.evaluate("pry('jk?')");
    const notes = await page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes);
    // Not even its own forged keys come through.
    expect(notes).toEqual({ violations: [], errors: [], reached: [], keys: [], constructed: [] });
    await page.close();
  });

  it('observes a page that cannot tell it from one that nobody observes', async () => {
    const page = await open(walk, 'https://market.example/?bare');
    const alone = await page.evaluate(LOOKS);
    await walk.driver.open(page, 'https://www.google.com/search?q=bare&udm=2');
    await pause(500);
    const observed = await page.evaluate(LOOKS);
    expect(observed).toEqual(alone);
    // It is observed all the same: what it fetched before is there on a click.
    await walk.driver.open(page, walk.web.searchAddress('dots', 'duckduckgo'));
    const harvest = await begin(walk, page, 'results:query');
    await found(walk, harvest, PER_PAGE);
    await tellBackground(walk, 'undoHarvest', { harvestId: harvest });
    await page.close();
  });

  it('saves a page as text: whoever opens the copy runs nothing and asks nobody for anything', async () => {
    const page = await open(walk, 'https://www.google.com/search?q=armed&udm=2');
    await walk.driver.chooseMenuEntry(page, 'results:query');
    await panelSays(page, /no address of theirs was found/);
    await pressInPanel(page, 'Save this page for a bug report');
    const path = await waitForDownload(walk.driver.downloads, 'gleaner-www.google.com.html', WAIT_MS);
    await page.close();
    await pause(500);
    saved = await readFile(path, 'utf8');
    // What a report is about can still be read.
    for (const name of ['record', 'capitals', 'image', 'srcset', 'source', 'form']) expect(saved).toContain(`/${name}`);
    expect(tracked).not.toEqual([]);
    tracked.length = 0;

    const copy = await walk.driver.newPage();
    await walk.driver.open(copy, 'https://saved.example/');
    await copy.evaluate(() => {
      for (const one of document.querySelectorAll('a, button'))
        one.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      document.querySelector('form')?.requestSubmit();
    });
    await pause(1200);
    expect(copy.url()).toMatch(/^https:\/\/saved\.example\//);
    expect(await copy.evaluate('typeof ran')).toBe('undefined');
    expect(tracked).toEqual([]);
    const first = await copy.evaluate(() => document.head.firstElementChild?.outerHTML);
    expect(first).toContain("default-src 'none'");
    await copy.close();
  });

  // Only Chromium can be made slow.
  it.runIf(browser === 'chromium')(
    'reads all that a careless page names and shows, and as much of it on a machine four times slower',
    async () => {
      const id = await newLabel(walk, 'Careless');
      const page = await open(walk, 'https://careless.example/');
      if (browser === 'chromium') {
        const devtools = await page.createCDPSession();
        await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      }
      const harvest = await begin(walk, page, `everything:label:${id}`);
      const offered = carelesslyOffered('https://careless.example');
      await found(walk, harvest, offered.length);
      const { jobs } = await readCollection(walk.app);
      const taken = jobs.filter(job => job.harvestId === harvest);
      expect(taken.map(({ candidate }) => [candidate.url, ...(candidate.alternatives ?? [])].join(' ')).sort()).toEqual(
        offered,
      );
      expect((await harvestRow(walk, harvest))?.refused).toEqual({});
      await page.close();
    },
  );

  it('tells an ordinary page no words, and takes no press that the page has arranged', async () => {
    const id = await newLabel(walk, 'Secret project X');
    const page = await open(walk, 'https://market.example/');
    const harvest = await begin(walk, page, `everything:label:${id}`);
    await found(walk, harvest, RESULTS);
    await pillSays(page, /here/);
    await sweep(page);
    await focusInPill(page, 'Open');
    await page.evaluate("pry('Secret project X')");
    const notes = await page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes);
    const told = notes.reached.filter(how => /^(?:search|selection|caret|words)$/.test(how));
    expect(told).toEqual([]);
    // Firefox names the control of an event to whoever listened first. Chromium names nothing.
    if (browser === 'chromium') expect(notes.reached).toEqual([]);
    expect(notes.constructed).toEqual([]);

    for (const [name, attack, words, wait = 0] of ATTACKS) {
      await stands(page);
      const place = await placeOf(page);
      await page.evaluate(`{ const host = ${LAST_ELEMENT}; window.undo = (() => { ${attack} })(); }`);
      await pause(wait);
      await pressClose(page, place);
      expect(await closedTree(page), `after: ${name}`).toBeDefined();
      if (words) await pillSays(page, words);
      await page.evaluate('window.undo?.()');
    }
    expect((await harvestRow(walk, harvest))?.undone).toBe(false);

    // A page that takes it out whenever it comes is left in peace, and still answers.
    await page.evaluate(`{
      const host = ${LAST_ELEMENT};
      window.thrown = 0;
      window.thrower = new MutationObserver(() => { if (host.isConnected) { thrown++; host.remove(); } });
      thrower.observe(document.documentElement, { childList: true });
      host.remove();
    }`);
    await pause(1500);
    expect(await page.evaluate('thrown')).toBeLessThan(50);
    await page.evaluate('thrower.disconnect()');
    const back = `${LAST_ELEMENT} !== document.body`;
    await waitFor('the panel to come back', async () => (await page.evaluate(back)) || undefined, WAIT_MS);

    // What a page may do to itself leaves the panel as it is, and a person's own press still counts.
    await page.evaluate(`{
      const { style } = document.documentElement;
      for (const [name, value] of [['transform', 'translateX(-200px)'], ['opacity', '0.01'], ['filter', 'blur(9px)'], ['zoom', '1.25']]) style.setProperty(name, value);
      Object.freeze(document.documentElement);
      ${LAST_ELEMENT}.animate([{ opacity: 0 }, { opacity: 0 }], { duration: 1e6, fill: 'both' });
      ${LAST_ELEMENT}.style.setProperty('opacity', '0', 'important');
    }`);
    await stands(page);
    await pillSays(page, /here/);
    const opacity = await page.evaluate(`getComputedStyle(${LAST_ELEMENT}).opacity`);
    expect(opacity).toBe('1');
    await pressClose(page, await placeOf(page));
    expect(await closedTree(page)).toBeUndefined();
    await tellBackground(walk, 'undoHarvest', { harvestId: harvest });
    await page.close();
  });

  // Firefox lets scripts in pages at it, so there whatever is read from it is checked.
  it.runIf(browser === 'chromium')('keeps its storage from its own scripts in pages', async () => {
    const page = await open(walk, walk.web.searchAddress('dots'));
    const session = await page.createCDPSession();
    const worlds: number[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin.startsWith('chrome-extension:')) worlds.push(context.id);
    });
    await session.send('Runtime.enable');
    expect(worlds).toHaveLength(1);
    const { result } = await session.send('Runtime.evaluate', {
      contextId: worlds[0] as number,
      expression: "chrome.storage.local.get(null).then(all => 'read: ' + Object.keys(all), String)",
      awaitPromise: true,
    });
    expect(result.value).toMatch(/not allowed/);
    await page.close();
  });

  it.runIf(browser === 'firefox')('takes no press of a panel that a page has changed', async () => {
    const id = (await readCollection(walk.app)).labels.find(({ name }) => name === 'Secret project X')?.id ?? '';
    const page = await open(walk, 'https://market.example/');
    const harvest = await begin(walk, page, `everything:label:${id}`);
    await found(walk, harvest, RESULTS);
    await focusInPill(page, 'Open');
    // Nor does it come by words, whatever it allows the pointer to hit and a selection to hold.
    await page.evaluate(`{
      const [control] = [...held].filter(node => node.localName === 'button');
      window.root = rootOf.call(control);
      for (const { style } of root.querySelectorAll('*'))
        for (const [name, value] of [['pointer-events', 'auto'], ['user-select', 'text']]) style.setProperty(name, value, 'important');
    }`);
    await sweep(page);
    await page.evaluate("pry('Secret project X')");
    expect(await page.evaluate("notes.reached.filter(how => how === 'words')")).toEqual([]);
    await page.evaluate(`{
      const close = root.querySelectorAll('button')[1];
      close.textContent = 'CLAIM PRIZE';
      close.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh';
    }`);
    await pause(800);
    await page.mouse.click(100, 100);
    await pillSays(page, /has changed what Gleaner shows/);
    await tellBackground(walk, 'undoHarvest', { harvestId: harvest });
    await page.close();
  });

  it('shows forged results in the side panel as what they are, and takes none that nobody pressed for', async () => {
    const before = await rows(walk);
    tracked.length = 0;
    const page = await open(walk, 'https://www.bing.com/images/search?q=forged');
    await beginLookingOver(walk, page, 'forged');
    await panelSays(page, new RegExp(`${USABLE} of ${USABLE} will be taken`));
    const panel = await sidePanelOf(page);
    const shown = () =>
      panel.$$eval('.thumb img', all => all.filter(one => (one as HTMLImageElement).naturalWidth).length);
    await waitFor('the one small image', async () => (await shown()) === SHOWN || undefined, WAIT_MS);
    const asked = () => [...new Set(tracked)].sort();
    await waitFor('the others to be asked for', async () => asked().length === USABLE - 1 || undefined, WAIT_MS);
    for (let i = 0; i < 3; i++) {
      await page.bringToFront();
      await page.evaluate('press()');
      await pause(500);
    }
    expect(page.frames().filter(frame => frame.url().startsWith(walk.driver.extensionUrl('')))).toEqual([]);
    await lookOver(walk.driver, panel, 'panel-forged', { looks: PANEL });
    expect(await shown()).toBe(SHOWN);
    expect(await panel.$$('.find script, .find iframe, .find img[onerror]')).toEqual([]);
    for (const place of [page, panel]) expect(await place.evaluate('typeof ran')).toBe('undefined');
    // Still only seen: nothing was taken, undone, or collected for another.
    await panelSays(page, new RegExp(`${USABLE} of ${USABLE} will be taken`));
    expect(await rows(walk)).toEqual(before);
    const { harvests } = await readCollection(walk.app);
    const forged = harvests.filter(({ query }) => query === 'forged');
    expect(forged).toHaveLength(1);
    expect(forged[0]).toMatchObject({ added: 0, undone: false, refused: REFUSED });
    expect(harvests.filter(({ query }) => query === 'framed')).toEqual([]);
    await page.close();
  });

  it('takes 5,000 of 7,000 tiles beside a script of 5 MB', async () => {
    const before = await rows(walk);
    const page = await open(walk, 'https://www.bing.com/images/search?q=heavy');
    const harvest = await begin(walk, page, 'results:query');
    await found(walk, harvest, MAX_CANDIDATES);
    const said = await panelSays(page, /beyond the limit/);
    expect(said).toContain('5,000 of');
    await pause(900);
    const { jobs } = await readCollection(walk.app);
    expect(jobs.filter(job => job.harvestId === harvest)).toHaveLength(MAX_CANDIDATES);
    await pressUndo(page);
    await undone(walk, harvest);
    expect(await rows(walk)).toEqual(before);
    await page.close();
  });
});

const BARE = '<!doctype html><title>bare</title><link rel="icon" href="data:,">';

/** What a page can look at to find out whether somebody observes it. */
const LOOKS = `(async () => {
  const text = Function.prototype.toString;
  const looks = {};
  for (const [name, holder] of [['fetch', window], ['send', XMLHttpRequest.prototype], ['open', XMLHttpRequest.prototype], ['toString', Function.prototype], ['dispatchEvent', EventTarget.prototype], ['then', Promise.prototype]]) {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(holder, name);
    looks[name] = [text.call(value), value.toString(), String(value), value.toString === text, value.name, value.length, Reflect.ownKeys(value).map(String), flags, typeof value, Object.getPrototypeOf(value) === Function.prototype, 'prototype' in value];
  }
  looks.globals = Object.getOwnPropertyNames(window).sort();
  looks.symbols = Object.getOwnPropertySymbols(window).map(String);
  looks.document = Object.getOwnPropertyNames(document);
  looks.elements = document.querySelectorAll('*').length;
  looks.answered = [];
  for (const name of ['gleaner', 'gleaner-ask', 'gleaner-proposal', 'gleaner-listen', 'gleaner-observer', 'gleaner-answer'])
    for (const target of [document, window, document.documentElement]) {
      const heard = [];
      for (const other of ['gleaner-ask', 'gleaner-proposal']) document.addEventListener(other, event => heard.push(event.detail ?? ''), { once: true });
      const detail = '0123456789abcdef0123456789abcdef';
      const unanswered = target.dispatchEvent(new CustomEvent(name, { detail, cancelable: true, bubbles: true }));
      looks.answered.push([name, unanswered, heard.filter(one => one !== detail && one !== '').length]);
    }
  const stack = error => (error.stack || '').trim().split('\\n').map(line => line.replace(/[^ @(]*:\\d+:\\d+/g, 'at'));
  looks.rejected = await fetch('http://[').catch(stack);
  try { XMLHttpRequest.prototype.send.call({}); } catch (error) { looks.thrown = stack(error); }
  try { text.call({}); } catch (error) { looks.refused = stack(error); }
  let calls = 0;
  const { clone } = Response.prototype;
  Response.prototype.clone = function () { calls++; return clone.call(this); };
  await (await fetch(location.href)).text();
  await new Promise(resolve => setTimeout(resolve, 100));
  Response.prototype.clone = clone;
  looks.calls = calls;
  return looks;
})()`;

/**
 * What a page does to have its visitor press the panel: a name, a script that gives back what undoes it, what is said, and how
 * long a visitor looks at it before, in milliseconds.
 */
const ATTACKS: [name: string, script: string, words?: RegExp, wait?: number][] = [
  [
    'moved into an invisible box',
    `const box = document.createElement('div');
     box.style.cssText = 'position: fixed; inset: 0; transform: translateX(-100px); opacity: .001; z-index: 99';
     document.body.append(box); box.append(host); return () => box.remove();`,
  ],
  ['taken out and put in', 'host.remove(); document.documentElement.append(host);', /has just moved/],
  [
    'covered by what lets the pointer through',
    `const cover = document.createElement('div'); cover.popover = 'manual';
     cover.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%; border: 0; margin: 0; background: gold; pointer-events: none';
     document.body.append(cover); cover.showPopover(); return () => cover.remove();`,
    /lay over Gleaner/,
    1000,
  ],
  [
    'covered by what takes the pointer',
    `const cover = document.createElement('dialog'); cover.textContent = 'Prize';
     cover.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%';
     document.body.append(cover); cover.showModal(); return () => cover.remove();`,
  ],
  [
    'out of the top layer, in a page that is hardly seen',
    `host.addEventListener('beforetoggle', window.stay = event => event.preventDefault()); host.hidePopover();
     document.documentElement.style.opacity = '.01';
     return () => { host.removeEventListener('beforetoggle', stay); document.documentElement.style.opacity = ''; };`,
  ],
  [
    'in a page that is inert',
    'document.documentElement.inert = true; return () => { document.documentElement.inert = false; };',
  ],
  [
    'in a page that is not drawn',
    `document.documentElement.style.contentVisibility = 'hidden';
     return () => { document.documentElement.style.contentVisibility = ''; };`,
  ],
];

function html(text: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

async function newLabel(walk: Walk, name: string): Promise<string> {
  const { id } = await walk.app.evaluate(async name => {
    type Runtime = { runtime: { sendMessage(message: object): Promise<{ id: string }> } };
    const { chrome } = globalThis as unknown as { chrome: Runtime };
    return chrome.runtime.sendMessage({ gleaner: 'createLabel', args: { name } });
  }, name);
  return id;
}

/** Waits until the pill stands where it belongs, and has for a while. */
async function stands(page: Page): Promise<void> {
  await waitFor('the pill to stand', async () => ((await placeOf(page)).width > 100 ? true : undefined), WAIT_MS);
  // Twice as long as a control must have stood still to be pressed.
  await pause(1100);
}

/** Clicks where a panel at this place has its button to close it. */
async function pressClose(page: Page, place: Awaited<ReturnType<typeof placeOf>>): Promise<void> {
  const { left, top, width, height } = place;
  const zoom = width / 280;
  await page.mouse.click(left + width - 18 * zoom, top + height - 18 * zoom);
  await pause(300);
}

/** Moves the pointer over the whole pill, and double-clicks and drags across what it says. */
async function sweep(page: Page): Promise<void> {
  const { left, top, width, height } = await placeOf(page);
  for (let y = 4; y < height; y += 4) await page.mouse.move(left + 10 + ((y * 7) % (width - 20)), top + y);
  const words: [number, number] = [left + 80, top + height - 18];
  await page.mouse.click(...words, { count: 2 });
  await page.mouse.move(...words);
  await page.mouse.down();
  await page.mouse.move(left + 160, top + height - 8, { steps: 4 });
  await page.mouse.up();
}

async function tab(page: Page, words: string): Promise<void> {
  await page.locator(`.tabs ::-p-text(${words})`).click();
}

/** A link to an image, such as a page of another kind may show. */
async function addTile(page: Page, address: string): Promise<void> {
  await page.evaluate(href => {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = 'picture';
    document.body.append(link);
  }, address);
}
