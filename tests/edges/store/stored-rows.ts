// What must be there before features and models are stored: bytes of the images, and a label.
/** The label of what `MODEL_LABELS` names. */
const LABEL = { id: 'l', name: 'bear', folder: 'bear', colour: 0, createdAt: 1 };
export const MODEL_LABELS = [{ id: LABEL.id, name: LABEL.name, folder: LABEL.folder }];

/** Bytes of these images, of whatever kind. */
export async function storeBytes(sha256s: readonly string[]): Promise<void> {
  const db = await ofThisTest();
  for (const sha256 of sha256s) await db.put('blobs', { sha256, blob: new Blob([sha256]) });
}

/** The label a model of `MODEL_LABELS` was trained for. */
export async function storeModelLabel(): Promise<void> {
  await (await ofThisTest()).put('labels', LABEL);
}

/** Modules may have been forgotten since this one was loaded. */
async function ofThisTest() {
  return (await import('../../../src/edges/database')).database();
}
