// What a harvest left out, in words, by reason: for the panel and the harvest log.
import type { Refusal } from '../contract/candidate';
import { number, t } from './i18n';

/** "9 without a full-size address", "3 too small" …; a reason without any is left out. */
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
