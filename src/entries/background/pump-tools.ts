// What the pump needs of the browser, which tests bring themselves, and what it ends with.
import type { PauseReason } from '../../contract/harvest';
import type { DownloadTools } from './download';

export interface PumpTools extends DownloadTools {
  paused(): Promise<PauseReason | undefined>;
  online(): boolean;
  /** Resolves at the time given, or earlier when something new may have to be done. */
  waitUntil(time: number): Promise<void>;
  /** Whether rows came, went or changed by another hand since this was asked last. */
  news(): boolean;
  /** Free bytes on the disk, as the browser tells; undefined when it does not. */
  freeBytes(): Promise<number | undefined>;
  /** Told after every attempt. */
  progressed(): void;
}

/** Why the loop ended. */
export type PumpEnd =
  | { kind: 'done' }
  | { kind: 'paused'; reason: PauseReason }
  /** Nothing can start before this time (ms since the epoch), and it is too far off to stay awake for. */
  | { kind: 'later'; at: number }
  /** The storage failed in a way that is not about space; the jobs stay as they are. */
  | { kind: 'failed'; error: unknown };
