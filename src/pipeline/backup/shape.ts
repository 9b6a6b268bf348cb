// Checks values read from a file field by field. A shape also fixes the order of fields, so that writing is canonical.
import { GleanerError } from '../../contract/error';

/** Returns the checked value, made anew of known fields only, or throws `backup_field` with the place. */
export type Shape<T> = (value: unknown, at: string) => T;

/** All fields of T, optional ones included: a field the shape forgets is an error of the compiler. */
export function object<T extends object>(fields: { [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const all = Object.entries(fields) as [string, Shape<unknown>][];
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(at);
    const result: Record<string, unknown> = {};
    for (const [key, shape] of all) {
      // What a value inherits is not what the file says.
      const checked = shape(Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined, key);
      if (checked !== undefined) result[key] = checked;
    }
    return result as T;
  };
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

/** At most `max` UTF-16 units. */
export function text(max: number, pattern = /^/): Shape<string> {
  return (value, at) => (typeof value === 'string' && value.length <= max && pattern.test(value) ? value : refuse(at));
}

export function whole(max: number): Shape<number> {
  return (value, at) =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max ? Number(value) : refuse(at);
}

export const finite: Shape<number> = (value, at) => (Number.isFinite(value) ? Number(value) : refuse(at));

export const notNegative: Shape<number> = (value, at) => (finite(value, at) < 0 ? refuse(at) : Number(value));

/** Between 0 and 1; what was computed in 32 bits may be a little beyond. */
export const share: Shape<number> = (value, at) => (isShare(finite(value, at)) ? Number(value) : refuse(at));
export const shareOrNaN: Shape<number> = (value, at) =>
  value === null || Number.isNaN(value) ? Number.NaN : share(value, at);
export function isShare(value: number): boolean {
  return value >= -SLACK && value <= 1 + SLACK;
}
const SLACK = 1e-3;

/** JSON writes what could not be measured as null. */
export const finiteOrNaN: Shape<number> = (value, at) =>
  value === null || Number.isNaN(value) ? Number.NaN : finite(value, at);

export const truth: Shape<boolean> = (value, at) => (typeof value === 'boolean' ? value : refuse(at));

export function oneOf<const T extends readonly (string | number | boolean)[]>(values: T): Shape<T[number]> {
  return (value, at) => (values.includes(value as T[number]) ? (value as T[number]) : refuse(at));
}

export function list<T>(shape: Shape<T>, max: number): Shape<T[]> {
  return (value, at) =>
    Array.isArray(value) && value.length <= max ? value.map((item, i) => shape(item, `${at}[${i}]`)) : refuse(at);
}

/** An object whose keys are data. Made of pairs, so that a key such as `__proto__` stays an ordinary one. */
export function record<T>(key: Shape<string>, shape: Shape<T>, max: number): Shape<Record<string, T>> {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(at);
    const pairs = Object.entries(value);
    if (pairs.length > max) return refuse(at);
    return Object.fromEntries(pairs.map(([name, item]) => [key(name, at), shape(item, at)]));
  };
}

export function pair<T>(shape: Shape<T>): Shape<[T, T]> {
  return (value, at) =>
    Array.isArray(value) && value.length === 2 ? [shape(value[0], at), shape(value[1], at)] : refuse(at);
}

/** Whether a reader would take this value. */
export function fits(value: unknown, shape: Shape<unknown>): boolean {
  try {
    shape(value, '');
    return true;
  } catch {
    return false;
  }
}

export function refuse(at: string): never {
  throw new GleanerError('backup_field', [at]);
}
