// Payloads of Nuxt and SvelteKit: one flat list, in which every value of an object is the position of the real value.
import { type Shape, shape } from './values';

/** The objects of a flat list with their own values looked up, one level deep; nested ones are positions still. */
export function* resolvedObjects(list: unknown[], key: string): Generator<Shape> {
  for (const item of list.slice(0, 200_000)) {
    if (typeof shape(item)[key] !== 'number') continue;
    yield resolved(list, item, Object.keys(shape(item)));
  }
}

/** The named values of one object of the list, looked up. No others: thousands of results may share one huge object. */
export function resolved(list: unknown[], item: unknown, names: readonly string[]): Shape {
  const object: Shape = Object.create(null);
  const own = shape(item);
  for (const name of names) {
    const value = Object.hasOwn(own, name) ? own[name] : undefined;
    object[name] = typeof value === 'number' ? list[value] : value;
  }
  return object;
}
