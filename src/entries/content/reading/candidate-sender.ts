// Sends the background what a scan found for one harvest, batch by batch, each candidate once; where the user looks the finds
// over first, only how many tiles there are.
import type { CandidateBatch, HarvestProgress } from '../../../contract/harvest';
import { delay } from '../../../edges/delay';
import { ask } from '../../../edges/messages';
import type { PageScan } from './page-scan';

/** Candidates of one message. */
const BATCH = 200;
/** The background may die while it answers; the next message wakes it. */
const TRIES = 3;
const RETRY_MS = 500;

export class CandidateSender {
  private sent = 0;
  private totals = '';
  busy = false;

  constructor(
    private readonly harvestId: string,
    private readonly scan: PageScan,
    private readonly signal: AbortSignal,
    private readonly answered: (progress: HarvestProgress) => void,
    private readonly seen = false,
  ) {}

  /** Sends what is new; what a scan adds meanwhile is sent by the same call. Rejects when the background stays silent. */
  async catchUp(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      while (!this.signal.aborted) {
        const { collected, tally } = this.scan;
        const candidates = this.seen ? [] : collected.slice(this.sent, this.sent + BATCH);
        const refused = tally.refused();
        const totals = JSON.stringify([tally.tiles, refused]);
        if (candidates.length === 0 && totals === this.totals) break;
        const { harvestId, scan } = this;
        const progress = await sendBatch({
          harvestId,
          engine: scan.engine.id,
          candidates,
          tiles: tally.tiles,
          refused,
        });
        this.sent += candidates.length;
        this.totals = totals;
        if (!this.signal.aborted) this.answered(progress);
      }
    } finally {
      this.busy = false;
    }
  }
}

/** Sends one batch. A batch sent twice adds nothing twice: the background knows the addresses. */
export async function sendBatch(batch: CandidateBatch): Promise<HarvestProgress> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask('sendCandidates', batch);
    } catch (error) {
      if (attempt === TRIES) throw error;
      await delay(RETRY_MS * attempt);
    }
  }
}
