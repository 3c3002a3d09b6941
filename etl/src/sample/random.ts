/** A stream of pseudo-random numbers: the same seed and name always give the same stream. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** Whole number in [0, n). */
  below(n: number): number;
  /** Whole number in [low, high], both included. */
  between(low: number, high: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Index into a running total of weights. */
  pick(cumulative: ArrayLike<number>): number;
}

/** 32-bit FNV-1a of a text, to turn a stream's name into a number. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** One step of splitmix32, which spreads a seed over the generator's state (and scrambles person numbers one to one). */
export function scramble(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/**
 * xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), seeded through splitmix32.
 * Each part of the sample draws from its own named stream, so a change in one part leaves the others as they were.
 */
export function randomStream(seed: number, name: string): Random {
  let a = scramble(seed ^ hashText(name));
  let b = scramble(a);
  let c = scramble(b);
  let d = scramble(c) || 1;
  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 4294967296;
  };
  return {
    next,
    chance: (p) => next() < p,
    below: (n) => Math.floor(next() * n),
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (cumulative) => search(cumulative, next() * cumulative[cumulative.length - 1]!),
  };
}

function search(cumulative: ArrayLike<number>, target: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Running totals of weights, for {@link Random.pick}. */
export function cumulative(weights: readonly number[]): Float64Array {
  let total = 0;
  return Float64Array.from(weights, (weight) => (total += weight));
}
