// One value under one key of the store `meta`: what is remembered that needs no store of its own.
import { database, type Writing } from '../database';

/** The store as a transaction of the caller's has it; without one, each call is a transaction of its own. */
type Reads = Pick<Writing<'meta'>, 'get'>;
type Writes = Pick<Writing<'meta'>, 'put' | 'delete'>;

export interface MetaItem<T> {
  get(meta?: Reads): Promise<T | undefined>;
  set(value: T, meta?: Writes): Promise<void>;
  remove(meta?: Writes): Promise<void>;
}

/** The one place that believes a key to hold what its file says; a value of an earlier version is part of `T`. */
export function metaItem<T>(key: string): MetaItem<T> {
  return {
    async get(meta) {
      return (await (meta ? meta.get(key) : (await database()).get('meta', key))) as T | undefined;
    },
    async set(value, meta) {
      await (meta ? meta.put(value, key) : (await database()).put('meta', value, key));
    },
    async remove(meta) {
      await (meta ? meta.delete(key) : (await database()).delete('meta', key));
    },
  };
}
