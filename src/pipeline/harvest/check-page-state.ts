// Checks what a page's process says of its reading before the side panel shows it.
import { type PageState, PHASES } from '../../contract/page-state';
import { BATCH_LIMITS, checkId, checkRefused, checkText } from './check-batch';

/** The state with every field bounded; undefined when it is none. */
export function checkPageState(value: unknown): PageState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const row = value as Record<string, unknown>;
  const phase = PHASES.find(one => one === row.phase);
  if (phase === undefined) return undefined;
  const harvestId = checkId(row.harvestId);
  const error = checkText(row.error, BATCH_LIMITS.title);
  const whole = (n: unknown) => (Number.isSafeInteger(n) && (n as number) >= 0 ? (n as number) : 0);
  return {
    phase,
    ...(harvestId !== undefined && { harvestId }),
    engine: checkText(row.engine, BATCH_LIMITS.engine),
    query: checkText(row.query, BATCH_LIMITS.title),
    late: row.late === true,
    tiles: whole(row.tiles),
    found: whole(row.found),
    refused: checkRefused(row.refused),
    quiet: row.quiet === true,
    ...(error !== '' && { error }),
  };
}
