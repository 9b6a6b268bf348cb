// One page's collecting: asks what for, has the page read, and keeps the pill and the side panel told.
import type { Candidate } from '../../../contract/candidate';
import type { HarvestProgress, HarvestStart } from '../../../contract/harvest';
import type { PageCommand, PageState, Phase } from '../../../contract/page-state';
import { explain, t } from '../../../edges/i18n';
import { stillThere } from '../../../edges/lifecycle';
import { ask } from '../../../edges/messages';
import { askForSidePanel } from '../../../edges/side-panel';
import { engineFor } from '../../../engines';
import { queryOf } from '../../../pipeline/harvest/query';
import { AnswerIntake } from '../answers/answer-intake';
import type { Early } from '../own-world';
import { Pill } from '../pill/pill';
import { savePageCopy } from '../saved-page/page-copy';
import { plain } from '../unclobbered';
import { AddressWatch } from './address-watch';
import { IdleWork } from './idle-work';
import { Reading } from './reading';
import { sendClicked } from './send-clicked';
import { SidePanelLink } from './side-panel-link';

const TICK_MS = 1000;
/** Quiet for so long, a page is believed to have shown what it has. */
const QUIET_MS = 2500;
const NO_FINDS: readonly Candidate[] = [];

export class PageHarvest {
  /** The page's document, read past elements that bear the names of its members. */
  private readonly doc: Document;
  private readonly pill: Pill;
  private readonly sidePanel: SidePanelLink;
  private readonly work = new IdleWork(error => this.fail(error));
  /** Ends with the pill. */
  private readonly life = new AbortController();
  /** Ends with undo, or when another harvest begins. */
  private harvesting = new AbortController();
  private reading: Reading | undefined;
  private start: HarvestStart | undefined;
  private progress: HarvestProgress | undefined;
  /** The phase while the page is not being read. */
  private pausedPhase: Phase | undefined;
  private query = '';
  private error: string | undefined;
  private readonly address: AddressWatch;

  constructor(
    private readonly page: Document,
    private readonly early: Early,
  ) {
    this.doc = plain(page);
    this.pill = new Pill(this.doc, early.ears, {
      open: () => void this.openSidePanel(),
      close: () => this.close(),
    });
    this.sidePanel = new SidePanelLink(command => this.obey(command), this.life.signal);
    const timer = setInterval(() => void this.tick(), TICK_MS);
    this.life.signal.addEventListener('abort', () => clearInterval(timer));
    this.address = new AddressWatch(before => this.reading?.addressChanged(before), this.life.signal);
  }

  /** False once the pill was closed, or the extension was updated or removed under the page. */
  alive(): boolean {
    return !this.life.signal.aborted && stillThere();
  }

  /** Begins the harvest that waits for this tab; when its label has no name yet, the side panel asks for it. */
  async begin(): Promise<void> {
    this.harvesting.abort();
    this.harvesting = new AbortController();
    this.start = undefined;
    this.progress = undefined;
    this.error = undefined;
    const url = this.address.reset();
    this.query = queryOf(url);
    const intake = this.hear();
    await this.trying(async () => {
      const start = await ask('beginHarvest', { engine: engineFor(url).id, query: this.query });
      if (start) return this.run(start, intake);
      this.pausedPhase = 'naming';
      this.show();
    });
  }

  close(): void {
    this.harvesting.abort();
    this.life.abort();
    this.pill.detach();
  }

  private obey(command: PageCommand): void {
    if (command === 'more') void this.reading?.loadMore();
    else if (command === 'stop') this.reading?.stop();
    else if (command === 'save') void this.trying(async () => savePageCopy(this.doc, this.pill.host));
    else if (command === 'undone') {
      this.pausedPhase = 'undone';
      this.harvesting.abort();
      this.show();
    } else if (this.start?.seen && this.harvesting.signal.aborted) {
      this.harvesting = new AbortController();
      this.run(this.start, this.hear());
    }
  }

  private async openSidePanel(): Promise<void> {
    await this.trying(async () => {
      if (!(await askForSidePanel())) this.pill.tell(t('pill_how_to_open'));
    });
  }

  /**
   * Of a page that was read before, what it fetches is heard from now on: it may come while the background is asked. What
   * waits in a page that was not, waits until there is a reader.
   */
  private hear(): AnswerIntake {
    const intake = new AnswerIntake(this.query, () => this.address.look());
    if (this.reading) intake.listen(this.doc, this.early.channel.nonce, this.harvesting.signal);
    return intake;
  }

  private run(start: HarvestStart, intake: AnswerIntake): void {
    this.start = start;
    this.error = undefined;
    this.pausedPhase = start.image === undefined ? undefined : 'image';
    if (start.image === undefined) this.read(start, intake);
    else void this.addImage(start.image, start.harvest.id);
    this.show();
  }

  private read(start: HarvestStart, intake: AnswerIntake): void {
    const { page, doc, query, work, reading: before } = this;
    const { nonce } = this.early.channel;
    const context = {
      ...{ page, doc, nonce, query, work, start, intake, own: this.pill.host, signal: this.harvesting.signal },
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

  private async tick(): Promise<void> {
    if (!this.alive()) return this.close();
    this.address.look();
    this.show();
    const { start, progress, harvesting } = this;
    const open = progress === undefined || progress.queued > 0 || progress.paused !== undefined;
    if (!start || !(open || start.seen) || harvesting.signal.aborted || this.reading?.busy) return;
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
    const { progress, reading, start } = this;
    const scan = reading?.scan;
    const state: PageState = {
      phase: this.pausedPhase ?? reading?.phase ?? 'collecting',
      ...(start && { harvestId: start.harvest.id }),
      engine: scan?.engine.id ?? engineFor(new URL(location.href)).id,
      query: this.query,
      late: reading?.intake.late === true && scan?.engine.records !== undefined,
      tiles: scan?.tally.tiles ?? 0,
      found: scan?.tally.found ?? 0,
      refused: scan?.tally.refused() ?? {},
      quiet: this.work.size === 0 && performance.now() - (reading?.changedAt ?? 0) > QUIET_MS,
      ...(this.error !== undefined && { error: this.error }),
    };
    const seen = start?.seen === true;
    this.pill.show({ ...state, seen, added: progress?.harvest.added ?? 0, stored: progress?.stored ?? 0 });
    this.sidePanel.tell(state, seen && scan ? scan.collected : NO_FINDS);
  }
}
