// Which backends were compared with the kernels, by backbone: done again when the browser changes, as its drivers do then.
import { weightsOfId } from '../../backbones';
import type { BackendName } from '../../contract/features';
import { database } from '../database';

const KEY = 'backend-checks';

interface Row {
  userAgent: string;
  /** By backend and weights: whether its numbers are right. */
  right: Record<string, boolean>;
}

const nameOf = (backend: BackendName, id: string) => `${backend} ${weightsOfId(id)}`;

async function read(): Promise<Row> {
  const row = (await (await database()).get('meta', KEY)) as Row | undefined;
  return row?.userAgent === navigator.userAgent ? row : { userAgent: navigator.userAgent, right: {} };
}

/** Undefined where they were not compared yet. */
export async function rememberedCheck(backend: BackendName, id: string): Promise<boolean | undefined> {
  return (await read()).right[nameOf(backend, id)];
}

export async function rememberCheck(backend: BackendName, id: string, right: boolean): Promise<void> {
  const row = await read();
  await (await database()).put('meta', { ...row, right: { ...row.right, [nameOf(backend, id)]: right } }, KEY);
}

/** Backends whose numbers are wrong here, with any weights. */
export async function refusedBackends(): Promise<BackendName[]> {
  const wrong = Object.entries((await read()).right).filter(([, right]) => !right);
  return [...new Set(wrong.map(([name]) => name.split(' ')[0] as BackendName))];
}
