// How many test images a training had right, in words: a share says nothing of a handful of images, so those are counted alone.
import { ENOUGH, type Report, tallyOf } from '../../contract/report';
import { number, percent, plural, t } from '../../edges/i18n';

type Tested = Pick<Report, 'confusion'>;

/** "20 of 22 test images right"; undefined where no image was kept for a test. */
export function testedWords({ confusion }: Tested): string | undefined {
  const { right, of } = tallyOf(confusion.matrix);
  return of === 0 ? undefined : plural('tested_right', of, number(right));
}

/** "91% (20 of 22)", "3 of 4"; that there were none where no image was kept for a test. */
export function testedFigure({ confusion }: Tested): string {
  const { right, of } = tallyOf(confusion.matrix);
  if (of === 0) return t('none_held');
  return of < ENOUGH
    ? t('right_among', number(right), number(of))
    : t('share_right', testedShare(right, of), number(right), number(of));
}

/** "91%" of so many images. */
export function testedShare(right: number, of: number): string {
  return shareAmong(right / of, of);
}

/** A share of so many images in per cent: of fewer than a hundred its tenths say nothing. */
export function shareAmong(share: number, images: number): string {
  return percent(share, images < 100 ? 0 : 1);
}
