// One page's collecting: asks what for, offers what the scan finds, follows the page's address, and keeps the panel told.
import browser from 'webextension-polyfill';
import type { Candidate, Refusal } from '../../contract/candidate';
import type { HarvestProgress, HarvestStart } from '../../contract/harvest';
import { explain } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { engineFor } from '../../engines';
import type { Engine } from '../../engines/engine';
import { queryOf } from '../../pipeline/harvest';
import { hearAnswers } from './answer-channel';
import { clickedImage } from './clicked-image';
import { IdleWork } from './idle-work';
import { loadMore } from './load-more';
import { savePageCopy } from './page-copy';
import { PageScan } from './page-scan';
import { Panel } from './panel';
import type { PanelState, Phase } from './panel-words';

/** Candidates of one message. */
const BATCH = 200;
const TICK_MS = 1000;
/** Quiet for so long, a page is believed to have shown what it has. */
const SETTLED_MS = 2500;
/** The background may die while it answers; the next message wakes it. */
const TRIES = 3;

export class PageHarvest {
  private readonly panel: Panel;
  /** Ends with the panel. */
  private readonly life = new AbortController();
  /** Ends when this page's results are left, or another harvest begins. */
  private following = new AbortController();
  private loading: AbortController | undefined;
  private readonly work = new IdleWork(error => this.fail(error));
  private scan: PageScan | undefined;
  private start: HarvestStart | undefined;
  private progress: HarvestProgress | undefined;
  private phase: Phase = 'collecting';
  private query = '';
  private scannedQuery = '';
  private sent = 0;
  private sending = false;
  private totalsSent = '';
  private changedAt = 0;
  private removed = 0;
  private error: string | undefined;
  private address = location.href;

  constructor(private readonly doc: Document) {
    this.panel = new Panel(doc, {
      loadMore: () => void this.loadMore(),
      stop: () => this.stop(),
      undo: () => void this.undo(),
      close: () => this.close(),
      name: name => void this.name(name),
      savePage: () => savePageCopy(doc, this.panel.host),
    });
    const timer = setInterval(() => void this.tick(), TICK_MS);
    this.life.signal.addEventListener('abort', () => clearInterval(timer));
  }

  /** False once the panel was closed, or the extension was updated or removed under the page. */
  alive(): boolean {
    return !this.life.signal.aborted && browser.runtime?.id !== undefined;
  }

  /** Begins the harvest that waits for this tab, or asks for the name of its label. */
  async begin(): Promise<void> {
    this.reset();
    this.panel.minimise(false);
    try {
      const url = new URL(location.href);
      this.query = queryOf(url);
      const start = await ask('beginHarvest', { engine: engineFor(url).id, query: this.query });
      if (start) this.run(start);
      else {
        this.phase = 'naming';
        this.show();
        this.panel.askName(this.query);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  close(): void {
    this.following.abort();
    this.loading?.abort();
    this.life.abort();
    this.panel.detach();
  }

  private async name(name: string): Promise<void> {
    try {
      const engine = engineFor(new URL(location.href)).id;
      const start = await ask('nameHarvest', { name, engine, query: this.query });
      if (start) this.run(start);
    } catch (error) {
      this.fail(error);
    }
  }

  private run(start: HarvestStart): void {
    this.start = start;
    this.phase = start.image === undefined ? 'collecting' : 'image';
    if (start.image === undefined) this.follow(start.everything ? genericEngine() : engineFor(new URL(location.href)));
    else void this.addImage(start.image);
    this.show();
  }

  private follow(engine: Engine): void {
    this.following.abort();
    this.following = new AbortController();
    this.changedAt = performance.now();
    // What this page was already found to hold is kept: some of it came in answers that will not come again.
    if (this.scan?.engine.id !== engine.id || this.scannedQuery !== this.query) {
      this.scan = new PageScan(
        this.doc,
        engine,
        () => new URL(location.href),
        this.work,
        () => this.changed(),
      );
      this.scannedQuery = this.query;
      this.sent = 0;
    }
    const scan = this.scan;
    scan.follow(this.panel.host, this.following.signal);
    hearAnswers(this.doc, (url, body) => scan.answer(url, body), this.following.signal);
  }

  private changed(): void {
    this.changedAt = performance.now();
    this.show();
    void this.offer();
  }

  /** Sends what was found since the last offer, batch by batch; a scan that adds meanwhile is sent by the same loop. */
  private async offer(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.start && this.scan && this.phase !== 'undone') {
        const { collected, tally } = this.scan;
        const candidates = collected.slice(this.sent, this.sent + BATCH);
        const refused = tally.refused();
        const totals = JSON.stringify([tally.tiles, refused]);
        if (candidates.length === 0 && totals === this.totalsSent) break;
        await this.send(candidates, tally.tiles, refused);
        this.sent += candidates.length;
        this.totalsSent = totals;
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.sending = false;
    }
  }

  private async send(candidates: Candidate[], tiles: number, refused: Partial<Record<Refusal, number>>): Promise<void> {
    const harvestId = this.start?.harvest.id ?? '';
    for (let attempt = 1; ; attempt++) {
      try {
        const progress = await ask('offerCandidates', { harvestId, candidates, tiles, refused });
        if (harvestId === this.start?.harvest.id) this.progress = progress;
        break;
      } catch (error) {
        if (attempt === TRIES || !this.alive()) throw error;
        await new Promise(resolve => setTimeout(resolve, 500 * attempt));
      }
    }
    this.show();
  }

  private async addImage(image: string): Promise<void> {
    try {
      const url = new URL(location.href);
      const found = clickedImage(this.doc, url, engineFor(url), image);
      await this.send(found.candidates, 1, found.refused);
    } catch (error) {
      this.fail(error);
    }
  }

  private async loadMore(): Promise<void> {
    const { scan, start } = this;
    if (!scan || !start || this.loading) return;
    this.loading = new AbortController();
    this.phase = 'loading';
    this.show();
    try {
      this.phase = await loadMore({
        doc: this.doc,
        button: scan.engine.moreButton?.bind(scan.engine),
        found: () => scan.collected.length,
        grown: () => scan.collected.length + scan.tally.tiles,
        // Pressed again after the target was reached, it goes on to the next one.
        target: (Math.floor(scan.collected.length / start.target) + 1) * start.target,
        signal: AbortSignal.any([this.loading.signal, this.following.signal]),
      });
    } catch (error) {
      // Whoever aborted has set the phase.
      if (!this.loading.signal.aborted && !this.following.signal.aborted) this.fail(error);
    } finally {
      this.loading = undefined;
      this.show();
    }
  }

  private stop(): void {
    this.phase = 'stopped';
    // "Stop" while more is loaded ends the loading; a second one ends the following of the page.
    if (this.loading) this.loading.abort();
    else this.following.abort();
    this.show();
  }

  private async undo(): Promise<void> {
    if (!this.start) return;
    this.phase = 'undone';
    this.following.abort();
    this.loading?.abort();
    this.show();
    try {
      const { removed } = await ask('undoHarvest', { harvestId: this.start.harvest.id });
      this.removed = removed;
      this.progress = await ask('harvestProgress', { harvestId: this.start.harvest.id });
    } catch (error) {
      this.fail(error);
    }
    this.show();
  }

  private async tick(): Promise<void> {
    if (!this.alive()) return this.close();
    if (this.address !== location.href) this.addressChanged();
    this.show();
    const open = this.progress === undefined || this.progress.queued > 0 || this.progress.paused !== undefined;
    if (!this.start || this.doc.visibilityState !== 'visible' || this.phase === 'undone' || this.sending || !open)
      return;
    try {
      const { id } = this.start.harvest;
      const progress = await ask('harvestProgress', { harvestId: id });
      if (id === this.start?.harvest.id && !this.sending) this.progress = progress;
    } catch {
      // The background was away; the next tick asks again.
    }
  }

  /** The page changed its address without a load: to more of the same results, away from them, or back. */
  private addressChanged(): void {
    const before = new URL(this.address);
    this.address = location.href;
    const { scan, start } = this;
    if (!scan || !start || start.everything || this.phase === 'undone' || this.phase === 'stopped') return;
    const url = new URL(this.address);
    const engine = engineFor(url);
    const generic = genericEngine().id;
    const isResults =
      queryOf(url) === this.query &&
      (engine.id === generic
        ? scan.engine.id === generic && url.pathname === before.pathname
        : engine.isResultsPage(url));
    if (!isResults) {
      this.phase = 'left';
      this.following.abort();
    } else if (engine.id !== scan.engine.id || this.following.signal.aborted) {
      this.phase = 'collecting';
      this.follow(engine);
    } else scan.again();
  }

  private reset(): void {
    this.following.abort();
    this.loading?.abort();
    this.start = undefined;
    this.progress = undefined;
    this.error = undefined;
    this.removed = 0;
    this.sent = 0;
    this.totalsSent = '';
    this.address = location.href;
  }

  private fail(error: unknown): void {
    this.error = explain(error);
    this.show();
  }

  private show(): void {
    if (this.life.signal.aborted) return;
    const harvest = this.progress?.harvest;
    const state: PanelState = {
      phase: this.phase,
      label: this.progress?.label ?? this.start?.label ?? '',
      tiles: this.scan?.tally.tiles ?? 0,
      found: this.scan?.tally.found ?? 0,
      added: harvest?.added ?? 0,
      known: harvest?.known ?? 0,
      refused: harvest?.refused ?? {},
      stored: this.progress?.stored ?? 0,
      queued: this.progress?.queued ?? 0,
      rejected: this.progress?.rejected ?? 0,
      paused: this.progress?.paused,
      removed: this.removed,
      settled: this.work.size === 0 && performance.now() - this.changedAt > SETTLED_MS,
      error: this.error,
    };
    this.panel.show(state);
  }
}

/** The engine of ordinary pages. */
function genericEngine(): Engine {
  return engineFor(new URL('about:blank'));
}
