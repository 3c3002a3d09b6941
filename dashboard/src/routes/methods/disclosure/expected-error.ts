/** Two-sided 95 % point of the normal distribution. */
const z = 1.959964;

/** How far a protected count may be from the true one, 19 times out of 20, in people and as a share of the count. */
export function countError(noiseSd: number, count: number): { people: number; share: number } {
  const people = z * noiseSd;
  return { people, share: people / count };
}

/**
 * Half the width of the 95 % interval of a rate p on a base of n people, in shares: from protection alone (numerator and
 * base both carry noise of the same standard deviation, delta method), from chance alone (Wilson score, Wilson 1927,
 * doi:10.1080/01621459.1927.10502953), and from both (variances added).
 */
export function rateError(
  noiseSd: number,
  base: number,
  rate: number,
): { protection: number; chance: number; both: number } {
  const protection = (z * noiseSd * Math.sqrt(1 + rate * rate)) / base;
  const chance = (z / (1 + (z * z) / base)) * Math.sqrt((rate * (1 - rate)) / base + (z * z) / (4 * base * base));
  return { protection, chance, both: Math.hypot(protection, chance) };
}
