import { argumentsOf } from '@ahp/sql/arguments';
import { likeForLike, type Formula, type Measure, type Parameters, type Sum } from '@ahp/sql/measure';

/** The formula in tallies, as a reader would write it: `(leavers_organisation) ÷ (0.5 × headcount_start + 0.5 × headcount_end)`. */
export function formulaText(measure: Measure, given: Parameters = argumentsOf(measure)): string {
  const formula = likeForLike(measure.formula(given));
  return `${formula.kind === 'count' ? sumText(formula.numerator) : `${quotient(formula)}${tail(formula)}`}${place(measure, formula)}`;
}

function quotient({ numerator, denominator }: Exclude<Formula, { kind: 'count' }>): string {
  return `(${sumText(numerator)}) ÷ (${sumText(denominator)})`;
}

function tail(formula: Formula): string {
  if (formula.kind === 'rate') return formula.per === 1 ? '' : ` × ${formula.per}`;
  return formula.kind === 'change' ? ' − 1' : '';
}

/** Which cells a formula reads beyond those of the row. */
function place({ within }: Measure, formula: Formula): string {
  if (within) return `, in ${within.category}`;
  if (formula.kind !== 'share') return '';
  const parts = formula.categories ? `${formula.categories.join(', ')} of` : 'the row’s own part of';
  return `, ${parts} ${formula.known ? 'every known' : 'every'} ${formula.of.join(' and ')}`;
}

function sumText(sum: Sum): string {
  return Object.entries(sum)
    .map(([tally, weight], index) => {
      const sign = weight < 0 ? (index ? ' − ' : '−') : index ? ' + ' : '';
      const size = Math.abs(weight);
      return `${sign}${size === 1 ? '' : `${size} × `}${tally}`;
    })
    .join('');
}
