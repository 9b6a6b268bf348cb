// The queue's limits for the benchmark's own build: as many transfers as the browser has connections, and no distance between.
import { QUEUE_LIMITS as POLITE } from '../../../src/pipeline/queue/limits';

export const QUEUE_LIMITS = { ...POLITE, transfers: 240, transfersPerHost: 6, startInterval: 0 } as const;
