/** A source of uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * Seeded uniform numbers: sfc32 (Doty-Humphrey, PractRand, http://pracrand.sourceforge.net) with 32-bit resolution, its state filled from
 * the seed and stirred 15 times. The same seed gives the same numbers on every machine. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** A standard normal number (Box–Muller). */
export const randomNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A gamma number of the given shape > 0 and scale 1: Marsaglia and Tsang, https://doi.org/10.1145/358407.358414. */
export function randomGamma(shape: number, random: Random): number {
  if (shape < 1) return randomGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = randomNormal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Shares drawn from a Dirichlet distribution; they add up to 1. */
export function randomDirichlet(weights: readonly number[], random: Random): number[] {
  const draws = weights.map((weight) => randomGamma(weight, random));
  const total = draws.reduce((sum, draw) => sum + draw, 0);
  return draws.map((draw) => draw / total);
}
