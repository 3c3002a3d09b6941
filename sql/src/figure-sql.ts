import type { Formula } from './measure.ts';

/** SQL expressions of one figure; all null where it cannot be worked out. */
export interface FigureSql {
  value: string;
  lower: string;
  upper: string;
}

const z = 1.959963984540054;

/**
 * The value of a formula and its 95 % limits by the macros of `sql/macros`, as SQL over the names of four columns: the sums x and n and
 * the variances of their noise vx and vn. Unscaled. `figureSql({ kind: 'count', … }, names).lower` is `count_lower(x, vx, 1.95…)`.
 */
export function figureSql(formula: Formula, { x, n, vx, vn }: Record<'x' | 'n' | 'vx' | 'vn', string>): FigureSql {
  const all = `${x}, ${n}, ${vx}, ${vn}`;
  switch (formula.kind) {
    case 'count':
      return formula.signed
        ? { value: x, lower: `${x} - ${z} * sqrt(${vx})`, upper: `${x} + ${z} * sqrt(${vx})` }
        : { value: x, lower: `count_lower(${x}, ${vx}, ${z})`, upper: `count_upper(${x}, ${vx}, ${z})` };
    case 'proportion':
    case 'share':
      return {
        value: `proportion_within(${x}, ${n})`,
        lower: `noisy_score_lower(${all}, ${z})`,
        upper: `noisy_score_upper(${all}, ${z})`,
      };
    case 'ratio':
      return {
        value: `${x} / nullif(${n}, 0)`,
        lower: `noisy_ratio_lower(${all}, ${z})`,
        upper: `noisy_ratio_upper(${all}, ${z})`,
      };
    case 'rate':
      return {
        value: `${formula.per} * ${x} / nullif(${n}, 0)`,
        lower: `${formula.per} * noisy_rate_lower(${all}, ${z})`,
        upper: `${formula.per} * noisy_rate_upper(${all}, ${z})`,
      };
    case 'change': {
      const noise = `${n}, ${x}, greatest(${vx}, ${vn}), ${z}`;
      return { value: `growth(${n}, ${x})`, lower: `growth_lower(${noise})`, upper: `growth_upper(${noise})` };
    }
  }
}
