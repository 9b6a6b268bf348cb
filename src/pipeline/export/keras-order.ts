// The order in which Keras itself keeps the layers of a functional model, by which it pairs the weights of an .h5 file with them.

/** A layer, and the layers it reads. */
export interface Reader {
  name: string;
  from: readonly string[];
}

/**
 * Names of the layers by their distance from the output, the farthest first; of those equally far the one a walk from the
 * output meets first, each layer's inputs in turn (`map_graph` in keras/src/ops/function.py).
 * @param layers  each after those it reads; the last is the output
 */
export function kerasOrder(layers: readonly Reader[]): string[] {
  const inputs = new Map(layers.map(({ name, from }) => [name, from]));
  const distance = new Map<string, number>();
  for (const { name, from } of layers.toReversed()) {
    const next = (distance.get(name) ?? 0) + 1;
    for (const one of from) distance.set(one, Math.max(next, distance.get(one) ?? 0));
  }
  const met = new Map<string, number>();
  const rest = layers.slice(-1).map(({ name }) => name);
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    if (met.has(name)) continue;
    met.set(name, met.size);
    rest.push(...(inputs.get(name) ?? []).toReversed());
  }
  const far = (name: string) => distance.get(name) ?? 0;
  return [...met.keys()].sort((a, b) => far(b) - far(a) || met.get(a)! - met.get(b)!);
}
