import { asks, likeForLike, type Formula, type Measure, type Parameters, type Source, type Sum } from './measure.ts';
import { argumentsOf } from './arguments.ts';
import { statement } from './statement.ts';

/** A formula in tallies as a reader would write it: `leavers_organisation ÷ headcount_start`. */
export function formulaInWords(measure: Measure, given: Parameters, source?: Source): string {
  const made = measure.formula(given, source);
  const formula = source === 'published' ? made : likeForLike(made);
  return `${quotient(formula)}${place(measure, formula)}`;
}

function quotient(formula: Formula): string {
  if (formula.kind === 'count') return sumText(formula.numerator);
  const text = `${bracketed(formula.numerator)} ÷ ${bracketed(formula.denominator)}`;
  if (formula.kind === 'change') return `${text} − 1`;
  return formula.kind === 'rate' && formula.per !== 1 ? `${text} × ${formula.per}` : text;
}

function place({ within }: Measure, formula: Formula): string {
  if (within) return `, within ${within.category}`;
  if (formula.kind !== 'share') return '';
  const { of, categories, known } = formula;
  const parts = categories ? `${categories.join(', ')} of ` : 'over ';
  return `, ${parts}${of.join(', ')}${known ? ', known only' : ''}`;
}

const bracketed = (sum: Sum) => (Object.keys(sum).length > 1 ? `(${sumText(sum)})` : sumText(sum));

function sumText(sum: Sum): string {
  return Object.entries(sum)
    .map(([tally, weight], index) => {
      const sign = weight < 0 ? (index > 0 ? ' − ' : '−') : index > 0 ? ' + ' : '';
      return `${sign}${Math.abs(weight) === 1 ? '' : `${Math.abs(weight)} × `}${tally}`;
    })
    .join('');
}

/** Text of `sql/measures/README.md`: every measure in a table by ask of the joint statement, with its formula and source. */
export function measuresReadme(measures: readonly Measure[]): string {
  const parts = Object.entries(asks).map(([ask, title]) => {
    const rows = measures.filter((measure) => measure.ask === ask).map(row);
    return `## ${title}\n\n| measure | id | subject | unit | formula in tallies | source |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# The measures

${measures.length} statistics, one file each with its test beside it. A measure is a formula over tallies (\`sql/src/tally.ts\`), whose kind decides its
interval (\`sql/src/measure.ts\`); \`sql/src/evaluate.ts\` works any of them out from cells. To add one, add its file and its test: the catalogue, the
schema, the pages and this table follow. This table is generated from the registry by \`sql/src/measures-readme.ts\`; a test compares them.

Formulas are shown with their default arguments, for extracts. Tallies ending in \`_fte\` are in thousandths, \`cpd_hours\` and \`score\` in tenths and
thousandths; the unit is that of the figure after scaling.

${parts.join('\n')}
## What the statement says, row by row

| it says | measures | other statistics of the API | not measured |
|---|---|---|---|
${statement.map(({ says, measures, statistics = [], without = '' }) => `| ${says} | ${coded(measures)} | ${coded(statistics)} | ${without} |`).join('\n')}
`;
}

const coded = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

function row(measure: Measure): string {
  const { id, subject, title, unit, source } = measure;
  const cells = [title, `\`${id}\``, subject, unit, formulaInWords(measure, argumentsOf(measure)), source];
  return `| ${cells.join(' | ')} |`;
}
