// What a step did, in words, for the notices: "3 images deleted".
import type { Step } from '../../../contract/step';
import { plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';

export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'create':
      return t('did_create', named(step.label.name));
    case 'rename':
      return t('did_rename', named(step.label.name), named(step.name));
    case 'delete-label':
      return t('did_delete_label', named(step.label.name));
    case 'restore-label':
      return step.as === undefined || step.as === step.label.name
        ? t('did_restore_label', named(step.label.name))
        : t('did_restore_label_as', named(step.label.name), named(step.as));
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
    case 'resolve-conflicts':
      return plural('did_keep', step.confirmed.length);
    case 'undo-harvest':
      return step.images === 0 && step.queued
        ? plural('harvest_cancelled', step.queued)
        : plural('harvest_undone', step.images);
    case 'redo-harvest':
      return step.images === 0 && step.queued
        ? plural('harvest_requeued', step.queued)
        : plural('harvest_redone', step.images);
    default:
      return step.words;
  }
}
