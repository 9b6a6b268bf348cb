// What a step did, in words, for the notices: "3 images deleted".
import type { Step } from '../../contract/step';
import { plural, t } from '../../edges/i18n';
import { named } from '../../pipeline/bucket/label-name';

export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'create':
      return t('did_create', named(step.label.name));
    case 'rename':
      return t('did_rename', named(step.label.name), named(step.name));
    case 'delete-label':
      return t('did_delete_label', named(step.label.name));
    case 'restore-label':
      return t('did_restore_label', named(step.label.name));
    case 'merge':
      return t('did_merge', named(step.from.name), named(step.into.name));
    case 'delete':
      return plural('did_delete', step.sha256s.length);
    case 'restore':
      return plural('did_restore', step.sha256s.length);
    case 'move':
      return plural(
        'did_move',
        step.from.reduce((sum, { sha256s }) => sum + sha256s.length, 0),
        named(step.to.name),
      );
    case 'keep':
      return plural('did_keep', step.images);
    case 'keep-alike':
      return plural('did_keep', step.words.length);
    case 'undo-harvest':
      return plural('harvest_undone', step.images);
    case 'redo-harvest':
      return plural('harvest_redone', step.images);
    default:
      return step.words;
  }
}
