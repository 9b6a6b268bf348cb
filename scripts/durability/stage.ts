// What the durability rows share: a Chromium whose profile outlives it, and hosts with more images than one needs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantAccess, hasAccess } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import { startWalk, type Walk } from '../../harness/walk';
import { stillQueued } from '../soak/audit';
import { addSoakHosts } from '../soak/soak';

/** One row of the matrix: rejects with what went wrong; a text is the reason why it cannot be run here. */
export type DurabilityRow = (stage: DurabilityStage) => Promise<string | undefined>;

export interface DurabilityStage {
  /** The profile the browser is started with. */
  profile: string;
  say: (line: string) => void;
  /** Starts the browser on the profile, with access to image sites. */
  start(profile?: string): Promise<Walk>;
}

/** Runs a row with folders of its own. */
export async function onStage(row: DurabilityRow, say: (line: string) => void): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'gleaner-durability-'));
  const start = async (profile = join(folder, 'profile')) => {
    const out = join(folder, 'out');
    const walk = await startWalk({ browser: 'chromium', out, profile, alterHosts: addSoakHosts });
    if (!(await hasAccess(walk.app))) await grantAccess(walk);
    return walk;
  };
  try {
    return await row({ profile: join(folder, 'profile'), say, start });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

export function allDone(walk: Walk, timeoutMs = 120_000): Promise<true> {
  const left = () => stillQueued(walk.app);
  return waitFor(
    'the queue to be empty',
    async () => ((await left()) === 0 ? true : undefined),
    timeoutMs,
    async () => `${await left()} are queued.`,
  );
}

/** Throws with what was expected and what was found. */
export function expectSame(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${what}: ${JSON.stringify(found)} in place of ${JSON.stringify(expected)}`);
}
