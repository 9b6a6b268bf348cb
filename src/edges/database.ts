// IndexedDB, where the contexts meet: the schema, and one shared connection that gives way to newer versions.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { GleanerError } from '../contract/error';
import type { BackboneInfo } from '../contract/features';
import type { Harvest } from '../contract/harvest';
import type { Job } from '../contract/job';
import type { Label } from '../contract/label';
import type { Model } from '../contract/report';
import type { Sample } from '../contract/sample';

export interface GleanerSchema extends DBSchema {
  labels: { key: string; value: Label };
  harvests: { key: string; value: Harvest; indexes: { byStart: number } };
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
    };
  };
  /** Bytes apart from rows, so that a scan of rows never touches them. */
  blobs: { key: string; value: { sha256: string; blob: Blob } };
  /** Upright JPEG or WebP of at most 256 px, for grids. */
  thumbnails: { key: string; value: { sha256: string; blob: Blob } };
  /** Pictures the user dropped in, waiting to be checked by the background. */
  inbox: { key: number; value: { id?: number; labelId: string; name: string; blob: Blob } };
  /** m then q, 4096 floats. Key: [sha256, backbone id, '' or 'mirror']. */
  features: { key: [string, string, string]; value: { key: [string, string, string]; values: Float32Array } };
  /** The folded weights of the one installed backbone, in the order of its layers. */
  backbones: { key: string; value: { id: string; info: BackboneInfo; tensors: Blob } };
  models: { key: string; value: Model; indexes: { byCreation: number } };
  meta: { key: string; value: unknown };
}
export type Database = IDBPDatabase<GleanerSchema>;

const VERSION = 1;
let connection: Promise<Database> | undefined;

/** The shared connection. It closes when a newer version wants to open, and the next call opens again. */
export function database(): Promise<Database> {
  connection ??= openDB<GleanerSchema>('gleaner', VERSION, {
    upgrade(db) {
      db.createObjectStore('labels', { keyPath: 'id' });
      db.createObjectStore('harvests', { keyPath: 'id' }).createIndex('byStart', 'startedAt');
      const jobs = db.createObjectStore('jobs', { keyPath: 'id' });
      jobs.createIndex('byState', 'state');
      jobs.createIndex('byHost', ['state', 'host', 'notBefore']);
      jobs.createIndex('byLabel', ['labelId', 'state']);
      jobs.createIndex('byReason', ['labelId', 'reason']);
      jobs.createIndex('byHarvest', ['harvestId', 'state']);
      const samples = db.createObjectStore('samples', { keyPath: 'sha256' });
      samples.createIndex('byLabel', ['labelId', 'addedAt']);
      samples.createIndex('bySplit', ['labelId', 'split']);
      samples.createIndex('byDeletion', ['labelId', 'split', 'deletedAt']);
      samples.createIndex('byHarvest', 'harvestId');
      samples.createIndex('byGroup', 'group');
      db.createObjectStore('blobs', { keyPath: 'sha256' });
      db.createObjectStore('thumbnails', { keyPath: 'sha256' });
      db.createObjectStore('inbox', { keyPath: 'id', autoIncrement: true });
      db.createObjectStore('features', { keyPath: 'key' });
      db.createObjectStore('backbones', { keyPath: 'id' });
      db.createObjectStore('models', { keyPath: 'id' }).createIndex('byCreation', 'createdAt');
      db.createObjectStore('meta');
    },
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      connection = undefined;
    },
    terminated: () => {
      connection = undefined;
    },
  }).catch(error => {
    // A failed opening must not be remembered: after a browser restart or an update the next call may succeed.
    connection = undefined;
    throw unreadable(error);
  });
  return connection;
}

function unreadable(error: unknown): unknown {
  const name = error instanceof Error ? error.name : '';
  if (name === 'VersionError') return new GleanerError('database_newer', [], { cause: error });
  if (name === 'UnknownError') return new GleanerError('database_unreadable', [], { cause: error });
  return error;
}
