/**
 * Benjamini–Hochberg adjusted p-values, in the order given: flag those at or below the false discovery rate (0.05).
 * https://doi.org/10.1111/j.2517-6161.1995.tb02031.x, as R p.adjust. `benjaminiHochberg([0.01, 0.04, 0.03])` is [0.03, 0.04, 0.04].
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const adjusted = new Array<number>(ps.length);
  const descending = ps.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  let least = 1;
  descending.forEach(({ p, index }, i) => {
    least = Math.min(least, p * (ps.length / (ps.length - i)));
    adjusted[index] = least;
  });
  return adjusted;
}
