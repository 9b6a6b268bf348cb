// The largest of some vectors: max pooling, and what else needs a neighbour.
import { f32x4, i32, type KernelSource, repeat } from './assembler';
import { type Locals, many } from './locals';

const FLOAT = 4;

export const largest: KernelSource = {
  name: 'largest',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32'],
  body(parameters, local) {
    const [table, taps, channels, out, positions] = parameters as Locals<5>;
    const [from, tap, offset, four] = many(4, () => local('i32')) as Locals<4>;
    const best = local('v128');
    const value = () => f32x4.load(i32.add(i32.load(from.get), offset.get));
    return repeat(positions, [
      offset.set(i32.constant(0)),
      four.set(i32.shiftRight(channels.get, i32.constant(2))),
      repeat(four, [
        from.set(table.get),
        tap.set(taps.get),
        best.set(value()),
        repeat(tap, [best.set(f32x4.larger(best.get, value())), from.grow(i32.constant(FLOAT))]),
        f32x4.store(out.get, best.get),
        out.grow(i32.constant(16)),
        offset.grow(i32.constant(16)),
      ]),
      table.grow(i32.mul(taps.get, i32.constant(FLOAT))),
    ]);
  },
};
