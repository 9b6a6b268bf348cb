// One page's collecting: asks what for, offers what the scan finds, follows the page's address, and keeps the panel told.
import browser from 'webextension-polyfill';
import type { HarvestProgress, HarvestStart } from '../../contract/harvest';
import { explain } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { engineFor } from '../../engines';
import type { Engine } from '../../engines/engine';
import { queryOf } from '../../pipeline/harvest';
import { AddressWatch } from './address-watch';
import { type Answer, hearAnswers } from './answer-channel';
import { AnswerIntake } from './answer-intake';
import { clickedImage } from './clicked-image';
import { IdleWork } from './idle-work';
import { loadMore } from './load-more';
import { Offering, sendOffer } from './offering';
import { savePageCopy } from './page-copy';
import { PageScan } from './page-scan';
import { Panel } from './panel';
import type { Phase } from './panel-words';
import { engineAfter, genericEngine } from './results-address';
import { loadedQuery, staleScripts } from './stale-scripts';
import { plain } from './unclobbered';

const TICK_MS = 1000;
/** Quiet for so long, a page is believed to have shown what it has. */
const SETTLED_MS = 2500;

export class PageHarvest {
  /** The page's document, read past elements that bear the names of its members. */
  private readonly doc: Document;
  private readonly panel: Panel;
  private readonly work = new IdleWork(error => this.fail(error));
  /** Ends with the panel. */
  private readonly life = new AbortController();
  /** Ends with undo, or when another harvest begins. */
  private harvesting = new AbortController();
  /** Ends when the results are left, too. */
  private following = new AbortController();
  private loading: AbortController | undefined;
  private scan: PageScan | undefined;
  private intake: AnswerIntake | undefined;
  private offering: Offering | undefined;
  private start: HarvestStart | undefined;
  private progress: HarvestProgress | undefined;
  private phase: Phase = 'collecting';
  private query = '';
  private scannedQuery = '';
  private changedAt = 0;
  private removed = 0;
  private error: string | undefined;
  private readonly address: AddressWatch;

  constructor(private readonly page: Document) {
    this.doc = plain(page);
    this.panel = new Panel(this.doc, {
      loadMore: () => void this.loadMore(),
      stop: () => this.stop(),
      undo: () => void this.undo(),
      close: () => this.close(),
      name: name => void this.name(name),
      savePage: () => savePageCopy(this.doc, this.panel.host),
    });
    const timer = setInterval(() => void this.tick(), TICK_MS);
    this.life.signal.addEventListener('abort', () => clearInterval(timer));
    this.address = new AddressWatch(before => this.addressChanged(before), this.life.signal);
  }

  /** False once the panel was closed, or the extension was updated or removed under the page. */
  alive(): boolean {
    return !this.life.signal.aborted && browser.runtime?.id !== undefined;
  }

  /** Begins the harvest that waits for this tab, or asks for the name of its label. */
  async begin(): Promise<void> {
    this.harvesting.abort();
    this.harvesting = new AbortController();
    this.following.abort();
    this.loading?.abort();
    this.start = undefined;
    this.progress = undefined;
    this.error = undefined;
    this.removed = 0;
    this.panel.minimise(false);
    const url = this.address.reset();
    this.query = queryOf(url);
    await this.trying(async () => {
      const start = await ask('beginHarvest', { engine: engineFor(url).id, query: this.query });
      if (start) return this.run(start);
      this.phase = 'naming';
      this.show();
      this.panel.askName(this.query);
    });
  }

  close(): void {
    for (const part of [this.harvesting, this.following, this.loading, this.life]) part?.abort();
    this.panel.detach();
  }

  private async name(name: string): Promise<void> {
    await this.trying(async () => {
      const engine = engineFor(new URL(location.href)).id;
      const start = await ask('nameHarvest', { name, engine, query: this.query });
      if (start) this.run(start);
    });
  }

  private run(start: HarvestStart): void {
    this.start = start;
    this.error = undefined;
    this.offering = undefined;
    this.phase = start.image === undefined ? 'collecting' : 'image';
    if (start.image === undefined) {
      this.intake = new AnswerIntake(this.query, () => this.address.look());
      this.follow(start.everything ? genericEngine() : engineFor(new URL(location.href)));
      this.intake.listen(this.doc, this.harvesting.signal);
    } else void this.addImage(start.image, start.harvest.id);
    this.show();
  }

  private follow(engine: Engine): void {
    this.following.abort();
    this.following = new AbortController();
    this.changedAt = performance.now();
    // What this page was already found to hold is kept: some of it came in answers that will not come again.
    if (this.scan?.engine.id !== engine.id || this.scannedQuery !== this.query) {
      const address = () => new URL(location.href);
      this.scan = new PageScan(this.page, engine, address, this.work, () => this.changed());
      this.scannedQuery = this.query;
      const stale = staleScripts(this.doc, loadedQuery(), this.query);
      if (stale) this.scan.leaveOut(stale);
      this.offering = undefined;
    }
    const scan = this.scan;
    this.offering ??= new Offering(this.start?.harvest.id ?? '', scan, this.harvesting.signal, progress => {
      this.progress = progress;
      this.show();
    });
    scan.follow(this.panel.host, this.following.signal);
    const { intake } = this;
    intake?.giveTo(scan);
    this.following.signal.addEventListener('abort', () => intake?.giveTo(undefined));
  }

  private changed(): void {
    this.changedAt = performance.now();
    this.show();
    void this.trying(async () => this.offering?.catchUp());
  }

  private async addImage(image: string, harvestId: string): Promise<void> {
    await this.trying(async () => {
      const url = new URL(location.href);
      const engine = engineFor(url);
      const answers: Answer[] = [];
      // What the page fetched before is there at once.
      hearAnswers(this.doc, answer => answers.push(answer), AbortSignal.timeout(0));
      const { candidates, refused } = clickedImage(this.page, url, engine, image, answers);
      this.progress = await sendOffer({ harvestId, engine: engine.id, candidates, tiles: 1, refused });
    });
    this.show();
  }

  private async loadMore(): Promise<void> {
    const { scan, start } = this;
    if (!scan || !start || this.loading) return;
    const loading = new AbortController();
    const signal = AbortSignal.any([loading.signal, this.following.signal]);
    this.loading = loading;
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
        signal,
      });
    } catch (error) {
      // Whoever aborted has set the phase.
      if (!signal.aborted) {
        this.phase = 'stopped';
        this.fail(error);
      }
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
    const { start } = this;
    if (!start) return;
    this.phase = 'undoing';
    this.harvesting.abort();
    this.following.abort();
    this.loading?.abort();
    this.show();
    const done = await this.trying(async () => {
      this.removed = (await ask('undoHarvest', { harvestId: start.harvest.id })).removed;
    });
    this.phase = done ? 'undone' : 'stopped';
    this.show();
  }

  private async tick(): Promise<void> {
    if (!this.alive()) return this.close();
    this.address.look();
    this.show();
    const { start, progress, harvesting } = this;
    const open = progress === undefined || progress.queued > 0 || progress.paused !== undefined;
    if (!start || !open || harvesting.signal.aborted || this.offering?.busy) return;
    if (this.doc.visibilityState !== 'visible') return;
    try {
      const now = await ask('harvestProgress', { harvestId: start.harvest.id });
      if (!harvesting.signal.aborted && !this.offering?.busy) this.progress = now;
    } catch {
      // The background was away; the next tick asks again.
    }
  }

  /** The page changed its address without a load: to more of the same results, away from them, or back. */
  private addressChanged(before: URL): void {
    const { scan, start } = this;
    if (!scan || !start || start.everything || this.harvesting.signal.aborted || this.phase === 'stopped') return;
    const engine = engineAfter(before, new URL(location.href), this.query, scan.engine);
    if (engine === undefined) {
      this.phase = 'left';
      this.following.abort();
    } else if (engine.id !== scan.engine.id || this.following.signal.aborted) {
      this.phase = 'collecting';
      this.follow(engine);
    } else scan.again();
  }

  /** Does it; a failure is shown. True when there was none. */
  private async trying(work: () => Promise<void> | undefined): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  private fail(error: unknown): void {
    this.error = explain(error);
    this.show();
  }

  private show(): void {
    if (this.life.signal.aborted) return;
    const { progress, scan } = this;
    this.panel.show({
      phase: this.phase,
      label: progress?.label ?? this.start?.label ?? '',
      site: scan && scan.engine.id !== genericEngine().id ? scan.engine.name : undefined,
      late: this.intake?.late === true && scan?.engine.records !== undefined,
      tiles: scan?.tally.tiles ?? 0,
      found: scan?.tally.found ?? 0,
      added: progress?.harvest.added ?? 0,
      known: progress?.harvest.known ?? 0,
      refused: progress?.harvest.refused ?? {},
      stored: progress?.stored ?? 0,
      queued: progress?.queued ?? 0,
      rejected: progress?.rejected ?? 0,
      paused: progress?.paused,
      removed: this.removed,
      settled: this.work.size === 0 && performance.now() - this.changedAt > SETTLED_MS,
      error: this.error,
    });
  }
}
