// One step of Adam over a piece of the weights.
import { f32x4, i32, type KernelSource, repeat } from './assembler';
import { type Locals, many } from './locals';

export const adam: KernelSource = {
  name: 'adam',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'f32', 'f32', 'f32', 'f32'],
  body(parameters, local) {
    const [w, m, v, g, count, ...numbers] = parameters as Locals<9>;
    const [gradient, first, second] = many(3, () => local('v128')) as Locals<3>;
    const spread = numbers.map(number => [number, local('v128')] as const);
    const [beta1, beta2, rate, epsilon] = spread.map(([, vector]) => vector) as Locals<4>;
    return [
      spread.map(([number, vector]) => vector.set(f32x4.splat(number.get))),
      count.set(i32.shiftRight(count.get, i32.constant(2))),
      repeat(count, [
        gradient.set(f32x4.load(g.get)),
        first.set(f32x4.add(f32x4.mul(f32x4.load(m.get), beta1.get), gradient.get)),
        second.set(f32x4.add(f32x4.mul(f32x4.load(v.get), beta2.get), f32x4.mul(gradient.get, gradient.get))),
        f32x4.store(m.get, first.get),
        f32x4.store(v.get, second.get),
        f32x4.store(
          w.get,
          f32x4.sub(
            f32x4.load(w.get),
            f32x4.div(f32x4.mul(first.get, rate.get), f32x4.add(f32x4.sqrt(second.get), epsilon.get)),
          ),
        ),
        [w, m, v, g].map(pointer => pointer.grow(i32.constant(16))),
      ]),
    ];
  },
};
