// Which images of a label the grid shows, in what order, and what the keys do there.
import { number, t } from '../../../edges/i18n';
import { SORTS, type Sort, SPLIT_FILTERS } from '../../../pipeline/bucket/arrange';
import { FLAGS } from '../../../pipeline/bucket/flags';
import { KeysHelp } from './keys-help';
import { EVERYTHING, type LabelImages, type Shown } from './label-images';

export function GridFilters({ images }: { images: LabelImages }) {
  const { filter, sort } = images;
  const { split, flag } = filter.value;
  const show = (part: Partial<Shown>) => {
    const shown = { ...filter.value, ...part };
    filter.value = shown.split === 'all' && shown.flag === 'any' ? EVERYTHING : shown;
  };
  return (
    <>
      <select
        aria-label={t('filter')}
        value={split}
        onChange={event => show({ split: event.currentTarget.value as Shown['split'] })}
      >
        {SPLIT_FILTERS.map(name => (
          <option key={name} value={name}>
            {t(`filter_${name}`)}
          </option>
        ))}
      </select>
      <FlagFilter images={images} onFlag={name => show({ flag: name })} />
      <select
        aria-label={t('sort')}
        value={sort.value}
        disabled={flag === 'near-duplicate' || flag === 'near-conflict'}
        onChange={event => (sort.value = event.currentTarget.value as Sort)}
      >
        {SORTS.map(name => (
          <option key={name} value={name}>
            {t(`sort_${name}`)}
          </option>
        ))}
      </select>
      <KeysHelp />
    </>
  );
}

/** Each choice with how many images it shows, so that an empty one need not be tried. */
function FlagFilter({ images, onFlag }: { images: LabelImages; onFlag: (flag: Shown['flag']) => void }) {
  const tally = new Map<string, number>([['same-conflict', images.same.length]]);
  for (const list of images.flags.values()) for (const flag of list) tally.set(flag, (tally.get(flag) ?? 0) + 1);
  return (
    <select
      class="flag-filter"
      aria-label={t('flags')}
      value={images.filter.value.flag}
      onChange={event => onFlag(event.currentTarget.value as Shown['flag'])}
    >
      <option value="any">{t('flag_any')}</option>
      {[...FLAGS, 'same-conflict'].map(flag => (
        <option key={flag} value={flag}>
          {t('with_count', t(`flag_${flag}`), number(tally.get(flag) ?? 0))}
        </option>
      ))}
    </select>
  );
}
