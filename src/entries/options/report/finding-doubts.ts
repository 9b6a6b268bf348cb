// The search for labels worth a second look, apart from its screen so that looking elsewhere does not end it.
import { signal } from '@preact/signals';
import type { Model } from '../../../contract/report';
import { type Doubt, findDoubts } from '../../workers/doubts';
import { Task } from '../app/task';

/** Counts folds. */
export const doubtsTask = new Task<{ modelId: string }>();
/** What was found last, by which model. */
const found = signal<{ modelId: string; doubts: Doubt[] }>();

/** Those found by a model that nobody has decided yet; undefined before it was asked. */
export function doubtsOf({ id }: Model): Doubt[] | undefined {
  return found.value?.modelId === id ? found.value.doubts : undefined;
}

export function lookForDoubts(model: Model): Promise<void> {
  return doubtsTask.run({ modelId: model.id }, async (tell, signal) => {
    const doubts = await findDoubts(model, (done, total) => tell({ done, total }), signal);
    found.value = { modelId: model.id, doubts };
    return undefined;
  });
}

/** The user has moved it, or has said that its label is right. */
export function decided(doubt: Doubt): void {
  if (found.value) found.value = { ...found.value, doubts: found.value.doubts.filter(other => other !== doubt) };
}
