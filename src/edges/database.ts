// IndexedDB, where the contexts meet: the schema, and one shared connection that gives way to newer versions.
import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPObjectStore,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import { GleanerError } from '../contract/error';
import type { BackboneInfo } from '../contract/features';
import type { Job } from '../contract/job';
import type { Label } from '../contract/label';
import type { Model } from '../contract/report';
import type { Sample } from '../contract/sample';
import { upgrade } from './database/upgrade';
import type { HarvestRow } from './store/harvests';
import type { InboxEntry } from './store/inbox';

export interface GleanerSchema extends DBSchema {
  labels: { key: string; value: Label };
  harvests: { key: string; value: HarvestRow; indexes: { byStart: number } };
  jobs: {
    key: string;
    value: Job;
    indexes: {
      byState: string;
      /** [state, host, notBefore]: the queue of each host in the order it may run; one seek skips a host. */
      byHost: [string, string, number];
      /** [labelId, state] */
      byLabel: [string, string];
      /** [labelId, reason]: rejected jobs only, since other rows lack a reason. */
      byReason: [string, string];
      /** [harvestId, state] */
      byHarvest: [string, string];
    };
  };
  samples: {
    key: string;
    value: Sample;
    indexes: {
      /** [labelId, addedAt] */
      byLabel: [string, number];
      /** [labelId, split], deleted samples included. */
      bySplit: [string, string];
      /** [labelId, split, deletedAt]: deleted samples only, since others lack the date. Live = bySplit minus this. */
      byDeletion: [string, string, number];
      byHarvest: string;
      byGroup: string;
      /** [nearDuplicateOf, sha256]: samples in a group that is named after another, which few are. */
      byNearDuplicateOf: [string, string];
      /** Deleted samples only, the earliest first. */
      byDeletedAt: number;
    };
  };
  /** Bytes apart from rows, so that a scan of rows never touches them. */
  blobs: { key: string; value: { sha256: string; blob: Blob } };
  /** Upright JPEG or WebP of at most 256 px, for grids. */
  thumbnails: { key: string; value: { sha256: string; blob: Blob } };
  /** Images the user dropped in, imported or restored, waiting to be checked by the background. */
  inbox: { key: number; value: Omit<InboxEntry, 'id'> & { id?: number } };
  /** m then q, 4096 floats. Key: [sha256, backbone id, '' or 'mirror']. */
  features: { key: [string, string, string]; value: { key: [string, string, string]; values: Float32Array } };
  /** The folded weights of the one installed backbone, in the order of its layers. */
  backbones: { key: string; value: { id: string; info: BackboneInfo; tensors: Blob } };
  models: { key: string; value: Model; indexes: { byCreation: number } };
  meta: { key: string; value: unknown };
}
export type Database = IDBPDatabase<GleanerSchema>;
/** The one transaction an upgrade is made in. */
export type UpgradeTransaction = IDBPTransaction<GleanerSchema, StoreNames<GleanerSchema>[], 'versionchange'>;
/** A store of a read-write transaction, whichever other stores it holds. */
export type Writing<Name extends StoreNames<GleanerSchema>> = IDBPObjectStore<
  GleanerSchema,
  ArrayLike<StoreNames<GleanerSchema>>,
  Name,
  'readwrite'
>;

const VERSION = 4;
/** How long an older version's connection may take to close, in ms, before whoever waits for it is told. */
const PATIENCE = 5_000;
let connection: Promise<Database> | undefined;

/**
 * The shared connection. It closes when a newer version wants to open, and the next call opens again. Rejects with
 * 'database_newer', 'database_blocked', 'disk_full' or 'database_unreadable' when it cannot be opened.
 */
export function database(): Promise<Database> {
  connection ??= open().catch(async error => {
    // A failed opening must not be remembered: after a browser restart or an update the next call may succeed.
    connection = undefined;
    throw await unreadable(error);
  });
  return connection;
}

/** Does one thing on a connection of its own, for whoever has reason to doubt the shared one. */
export async function onFreshConnection<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await open();
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

function open(): Promise<Database> {
  return new Promise((resolve, reject) => {
    let slowTimer: ReturnType<typeof setTimeout> | undefined;
    let delivered = false;
    const opening = openDB<GleanerSchema>('gleaner', VERSION, {
      upgrade(db, from, _to, transaction) {
        // The opening rejects as well; without this the same failure would be reported as unhandled.
        transaction.done.catch(() => undefined);
        upgrade(db, from, transaction);
      },
      blocked: () => {
        slowTimer = setTimeout(() => {
          delivered = true;
          reject(new GleanerError('database_blocked'));
        }, PATIENCE);
      },
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        connection = undefined;
      },
      terminated: () => {
        connection = undefined;
      },
    });
    opening.then(db => {
      clearTimeout(slowTimer);
      // Nobody waits for it any more; kept open it would block others.
      if (delivered) db.close();
      else resolve(db);
    }, reject);
  });
}

/** Free space, in bytes, below which a database that cannot be opened is taken to lack it. */
const LITTLE = 32 * 1024 * 1024;

async function unreadable(error: unknown): Promise<unknown> {
  const name = error instanceof Error ? error.name : '';
  if (name === 'VersionError') return new GleanerError('database_newer', [], { cause: error });
  if (name !== 'UnknownError') return error;
  // Opening writes too, so that on a full disk even what is there cannot be read.
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = await navigator.storage
    .estimate()
    .catch(() => ({}) as StorageEstimate);
  return new GleanerError(quota - usage < LITTLE ? 'disk_full' : 'database_unreadable', [], { cause: error });
}
