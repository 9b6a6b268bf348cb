// What every screen says while the backbone's weights are random: no figure below may be taken for a result.
import type { BackboneInfo } from '../../contract/features';
import { t } from '../../edges/i18n';
import { Note } from './note';

export function SeededNote({ backbone }: { backbone: BackboneInfo | undefined }) {
  return backbone?.weights === 'seeded' ? <Note kind="warn">{t('seeded_note')}</Note> : null;
}
