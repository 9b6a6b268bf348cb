// Payloads of Nuxt and SvelteKit: one flat list, in which every value of an object is the position of the real value.
import { type Shape, shape } from './values';

/** The objects of a flat list with their own values looked up, one level deep; nested ones are positions still. */
export function* resolvedObjects(list: unknown[], key: string): Generator<Shape> {
  for (const item of list.slice(0, 200_000)) {
    if (typeof shape(item)[key] !== 'number') continue;
    yield resolved(list, item);
  }
}

/** One object of the list, its values looked up. */
export function resolved(list: unknown[], item: unknown): Shape {
  const object: Shape = Object.create(null);
  for (const [name, value] of Object.entries(shape(item))) {
    object[name] = typeof value === 'number' ? list[value] : value;
  }
  return object;
}
