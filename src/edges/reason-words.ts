// Why images are missing, in words: of a page's results, of downloads, and of files of the user's own.
import type { Refusal } from '../contract/candidate';
import type { Reason } from '../contract/job';
import { number, t } from './i18n';

/** Why a download ended without an image. */
export function reasonWords(reason: Reason): string {
  return t(`reason_${reason}`);
}

/** These are said otherwise of files of the user's own. */
const OWN = new Set<Reason>(['not-an-image', 'too-large', 'empty', 'cancelled', 'undone']);

/** Why a file of the user's own was not added: no site had a hand in it. */
export function ownReasonWords(reason: Reason): string {
  return OWN.has(reason) ? t(`own_${reason}`) : reasonWords(reason);
}

/** What a harvest left out: "9 without a full-size address", "3 too small" …; a reason without any is left out. */
export function refusalWords(refused: Partial<Record<Refusal, number>>): string[] {
  const of = (...reasons: Refusal[]) => reasons.reduce((sum, reason) => sum + (refused[reason] ?? 0), 0);
  const counts = {
    panel_without: of('no-full-size', 'thumbnail-host'),
    panel_small: of('too-small'),
    panel_unusable: of('not-http', 'bad-address', 'too-long'),
    panel_beyond: of('over-page-limit'),
  };
  return Object.entries(counts).flatMap(([key, n]) => (n > 0 ? t(key, number(n)) : []));
}
