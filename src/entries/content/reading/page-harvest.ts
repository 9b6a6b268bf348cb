// One page's collecting: asks what for, has the page read, and keeps the panel told.
import browser from 'webextension-polyfill';
import type { HarvestProgress, HarvestStart } from '../../../contract/harvest';
import { explain } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { engineFor } from '../../../engines';
import { queryOf } from '../../../pipeline/harvest/query';
import type { Early } from '../own-world';
import { Panel } from '../panel/panel';
import type { Phase } from '../panel/panel-words';
import { savePageCopy } from '../saved-page/page-copy';
import { plain } from '../unclobbered';
import { AddressWatch } from './address-watch';
import { IdleWork } from './idle-work';
import { Reading } from './reading';
import { genericEngine } from './results-address';
import { sendClicked } from './send-clicked';

const TICK_MS = 1000;
/** Quiet for so long, a page is believed to have shown what it has. */
const QUIET_MS = 2500;

export class PageHarvest {
  /** The page's document, read past elements that bear the names of its members. */
  private readonly doc: Document;
  private readonly panel: Panel;
  private readonly work = new IdleWork(error => this.fail(error));
  /** Ends with the panel. */
  private readonly life = new AbortController();
  /** Ends with undo, or when another harvest begins. */
  private harvesting = new AbortController();
  private reading: Reading | undefined;
  private start: HarvestStart | undefined;
  private progress: HarvestProgress | undefined;
  /** The phase while the page is not being read. */
  private pausedPhase: Phase | undefined;
  private query = '';
  private removed = 0;
  private error: string | undefined;
  private readonly address: AddressWatch;

  constructor(
    private readonly page: Document,
    private readonly early: Early,
  ) {
    this.doc = plain(page);
    this.panel = new Panel(this.doc, early.ears, {
      loadMore: () => void this.reading?.loadMore(),
      stop: () => this.reading?.stop(),
      undo: () => void this.undo(),
      close: () => this.close(),
      name: name => void this.name(name),
      savePage: () => void this.trying(async () => savePageCopy(this.doc, this.panel.host)),
    });
    const timer = setInterval(() => void this.tick(), TICK_MS);
    this.life.signal.addEventListener('abort', () => clearInterval(timer));
    this.address = new AddressWatch(before => this.reading?.addressChanged(before), this.life.signal);
  }

  /** False once the panel was closed, or the extension was updated or removed under the page. */
  alive(): boolean {
    return !this.life.signal.aborted && browser.runtime?.id !== undefined;
  }

  /** Begins the harvest that waits for this tab, or asks for the name of its label. */
  async begin(): Promise<void> {
    this.harvesting.abort();
    this.harvesting = new AbortController();
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
      this.pausedPhase = 'naming';
      this.show();
      this.panel.askName(this.query);
    });
  }

  close(): void {
    this.harvesting.abort();
    this.life.abort();
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
    this.pausedPhase = start.image === undefined ? undefined : 'image';
    if (start.image === undefined) this.read(start);
    else void this.addImage(start.image, start.harvest.id);
    this.show();
  }

  private read(start: HarvestStart): void {
    const { page, doc, query, work, reading: before } = this;
    const { nonce } = this.early.channel;
    const context = {
      ...{ page, doc, nonce, query, work, start, own: this.panel.host, signal: this.harvesting.signal },
      beforeAnswer: () => this.address.look(),
      changed: () => this.show(),
      answered: (progress: HarvestProgress) => {
        this.progress = progress;
        this.show();
      },
      failed: (error: unknown) => this.fail(error),
    };
    this.reading = new Reading(context, before?.query === query ? before.scan : undefined);
  }

  private async addImage(image: string, harvestId: string): Promise<void> {
    await this.trying(async () => {
      this.progress = await sendClicked(this.page, this.doc, this.early.channel.nonce, image, harvestId);
    });
    this.show();
  }

  private async undo(): Promise<void> {
    const { start } = this;
    if (!start) return;
    this.pausedPhase = 'undoing';
    this.harvesting.abort();
    this.show();
    const done = await this.trying(async () => {
      this.removed = (await ask('undoHarvest', { harvestId: start.harvest.id })).removed;
    });
    this.pausedPhase = done ? 'undone' : 'stopped';
    this.show();
  }

  private async tick(): Promise<void> {
    if (!this.alive()) return this.close();
    this.address.look();
    this.show();
    const { start, progress, harvesting } = this;
    const open = progress === undefined || progress.queued > 0 || progress.paused !== undefined;
    if (!start || !open || harvesting.signal.aborted || this.reading?.busy) return;
    if (this.doc.visibilityState !== 'visible') return;
    try {
      const now = await ask('harvestProgress', { harvestId: start.harvest.id });
      if (!harvesting.signal.aborted && !this.reading?.busy) this.progress = now;
    } catch {
      // The background was away; the next tick asks again.
    }
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
    const { progress, reading } = this;
    const scan = reading?.scan;
    this.panel.show({
      phase: this.pausedPhase ?? reading?.phase ?? 'collecting',
      label: progress?.label ?? this.start?.label ?? '',
      site: scan && scan.engine.id !== genericEngine().id ? scan.engine.name : undefined,
      late: reading?.intake.late === true && scan?.engine.records !== undefined,
      tiles: scan?.tally.tiles ?? 0,
      found: scan?.tally.found ?? 0,
      added: progress?.harvest.added ?? 0,
      known: progress?.harvest.known ?? 0,
      refused: progress?.harvest.refused ?? {},
      stored: progress?.stored ?? 0,
      queued: progress?.queued ?? 0,
      rejected: progress?.rejected ?? 0,
      copies: progress?.copies ?? 0,
      paused: progress?.paused,
      removed: this.removed,
      quiet: this.work.size === 0 && performance.now() - (reading?.changedAt ?? 0) > QUIET_MS,
      error: this.error,
    });
  }
}
