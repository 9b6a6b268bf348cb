// L-BFGS with backtracking (Nocedal & Wright 2006, algorithm 7.5): minimises a smooth convex function.

export interface Evaluation {
  value: number;
  gradient: Float64Array;
}

/** Step and gradient differences kept: 8 pairs are enough for a few ten thousand parameters. */
const MEMORY = 8;
/** Share of the promised decrease that a step must deliver (Armijo). */
const SUFFICIENT = 1e-4;

/**
 * Improves `x` in place until the largest gradient component is below `tolerance`, `maxIterations` are done, no step
 * helps any more, or `onIteration` answers false. It is called after every accepted step with the function's value.
 */
export async function minimise(
  x: Float64Array,
  evaluate: (x: Float64Array) => Promise<Evaluation>,
  { tolerance, maxIterations }: { tolerance: number; maxIterations: number },
  onIteration: (value: number) => Promise<boolean>,
): Promise<void> {
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let { value, gradient } = await evaluate(x);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (gradient.every(g => Math.abs(g) < tolerance)) return;
    const direction = twoLoops(gradient, pairs);
    let slope = dot(direction, gradient);
    if (slope >= 0) {
      // The remembered curvature misleads: forget it and go straight down.
      pairs.length = 0;
      direction.set(gradient.map(g => -g));
      slope = -dot(gradient, gradient);
    }
    let step = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const start = x.slice();
    let next: Evaluation | undefined;
    for (let attempt = 0; attempt < 20; attempt++, step /= 2) {
      for (let i = 0; i < x.length; i++) x[i] = start[i]! + step * direction[i]!;
      next = await evaluate(x);
      if (next.value <= value + SUFFICIENT * step * slope) break;
      next = undefined;
    }
    if (!next) {
      x.set(start);
      return;
    }
    const s = x.map((xi, i) => xi - start[i]!);
    const y = next.gradient.map((g, i) => g - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-10 * dot(y, y)) pairs.push({ s, y, rho: 1 / curvature });
    if (pairs.length > MEMORY) pairs.shift();
    ({ value, gradient } = next);
    if (!(await onIteration(value))) return;
  }
}

/** −H·gradient by the two-loop recursion. */
function twoLoops(gradient: Float64Array, pairs: { s: Float64Array; y: Float64Array; rho: number }[]): Float64Array {
  const r = gradient.map(g => -g);
  const alphas: number[] = [];
  for (const { s, y, rho } of pairs.toReversed()) {
    const alpha = rho * dot(s, r);
    alphas.unshift(alpha);
    add(r, y, -alpha);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < r.length; i++) r[i]! *= scale;
  }
  for (const [i, { s, y, rho }] of pairs.entries()) add(r, s, alphas[i]! - rho * dot(y, r));
  return r;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(target: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * other[i]!;
}
