// "Search images of it": the way to more images of a label that has few or none.
import { t } from '../../../edges/i18n';
import type { SearchWay } from '../../../pipeline/harvest/further-searches';
import { complain } from '../complain';
import { searchFor } from './open-search';

interface Props {
  /** The label's name. */
  name: string;
  primary?: boolean;
  /** Another search than that for the name. */
  way?: SearchWay;
  /** What stands on it. */
  words?: string;
}

export function SearchButton({ name, primary = false, way, words = t('search_images') }: Props) {
  return (
    <button type="button" class={primary ? 'primary' : ''} onClick={() => searchFor(name, way).catch(complain)}>
      {words}
    </button>
  );
}
