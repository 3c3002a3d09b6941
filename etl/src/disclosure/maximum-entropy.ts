/** A group of changes that share one probability: its size, and the means of v and of v² over it. */
export interface Group {
  size: number;
  mean: number;
  square: number;
}

const tolerance = 1e-10;

/**
 * The probabilities (per member of each group) of greatest entropy with Σ p = mass, Σ p v = 0 and, when `variance` is given,
 * Σ p v² = variance. They have the form exp(a + b v + c v²); b and c minimise the convex dual, by damped Newton steps.
 * Returns null when no such distribution exists.
 * Source: Handbook on Statistical Disclosure Control, chapter 5 (https://sdctools.github.io/HandbookSDC/).
 */
export function maximumEntropy(groups: readonly Group[], mass: number, variance: number | null): number[] | null {
  const reach = Math.max(...groups.map((group) => Math.abs(group.mean)), 1);
  const v = groups.map((group) => group.mean / reach);
  const square = groups.map((group) => group.square / reach ** 2 - (variance ?? 0) / mass / reach ** 2);
  let b = 0;
  let c = 0;
  let state = moments(groups, v, square, b, c);
  const steepness = ({ first, second }: Moments) => Math.hypot(first, variance === null ? 0 : second);
  for (let step = 0; step < 300 && steepness(state) > 1e-16; step++) {
    const [db, dc] = direction(state, variance !== null);
    if (!Number.isFinite(db) || !Number.isFinite(dc)) break;
    const slope = state.first * db + (variance === null ? 0 : state.second * dc);
    let length = 2;
    let next: Moments;
    do {
      length /= 2;
      next = moments(groups, v, square, b + length * db, c + length * dc);
    } while (length > 1e-9 && next.dual > state.dual + 1e-4 * length * slope && steepness(next) >= steepness(state));
    if (length <= 1e-9) break;
    b += length * db;
    c += length * dc;
    state = next;
  }
  const reached =
    Math.abs(state.first) * reach < tolerance && (variance === null || Math.abs(state.second) * reach ** 2 < tolerance);
  return reached ? state.p.map((p) => p * mass) : null;
}

interface Moments {
  dual: number;
  p: number[];
  first: number;
  second: number;
  hessian: [number, number, number];
}

function moments(groups: readonly Group[], v: number[], square: number[], b: number, c: number): Moments {
  const exponents = v.map((value, g) => b * value + c * square[g]!);
  const top = Math.max(...exponents);
  const raw = exponents.map((exponent) => Math.exp(exponent - top));
  const total = raw.reduce((sum, value, g) => sum + groups[g]!.size * value, 0);
  const p = raw.map((value) => value / total);
  const mean = (values: number[], others: number[] = values.map(() => 1)) =>
    p.reduce((sum, probability, g) => sum + groups[g]!.size * probability * values[g]! * others[g]!, 0);
  const first = mean(v);
  const second = mean(square);
  const hessian: [number, number, number] = [
    mean(v, v) - first ** 2,
    mean(v, square) - first * second,
    mean(square, square) - second ** 2,
  ];
  return { dual: top + Math.log(total), p, first, second, hessian };
}

function direction({ first, second, hessian: [bb, bc, cc] }: Moments, both: boolean): [number, number] {
  if (!both) return [-first / bb, 0];
  const ridge = 1e-15 * (bb + cc);
  const determinant = (bb + ridge) * (cc + ridge) - bc * bc;
  return [(-(cc + ridge) * first + bc * second) / determinant, (bc * first - (bb + ridge) * second) / determinant];
}
