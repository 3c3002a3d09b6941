import type { Mark } from '#lib/figure/figure.ts';
import type { Board, Line } from './board.ts';
import { markOf } from './signal-words.ts';

/** Whether a comparison is for better or worse, given which way is better; null where it is neither. */
export function standing(
  verdict: string | undefined,
  direction: Line['measure']['direction'],
): 'better' | 'worse' | null {
  if (direction === 'NONE' || (verdict !== 'HIGHER' && verdict !== 'LOWER')) return null;
  return (verdict === 'HIGHER') === (direction === 'UP') ? 'better' : 'worse';
}

export interface Exception {
  line: Line;
  mark: Mark;
  attention: boolean;
}

const order = ['concern', 'neutral', 'common', 'improvement'] as const;

/** Every headline measure with one reading: concerns first, then changes that are neither, usual variation, improvements. */
export function exceptions(answer: Pick<Board, 'overview' | 'signals'>): Exception[] {
  const read = (line: Line): Mark => {
    if (line.figure.value === null) return { signal: 'common', text: 'Not shown' };
    const signal = answer.signals.find((one) => one.measure.id === line.measure.id && one.variation !== 'COMMON_CAUSE');
    const beside = standing(line.versusNation?.verdict, line.measure.direction);
    if (signal?.variation === 'CONCERN') return markOf('CONCERN', signal.rule);
    if (line.change === 'WORSENING') return { signal: 'concern', text: 'Worse than before' };
    if (beside === 'worse') return { signal: 'concern', text: 'Worse than its nation' };
    if (signal) return markOf(signal.variation, signal.rule);
    if (line.change === 'CHANGED') return { signal: 'neutral', text: 'Changed, neither good nor bad' };
    if (line.change === 'IMPROVING') return { signal: 'improvement', text: 'Better than before' };
    if (beside === 'better') return { signal: 'improvement', text: 'Better than its nation' };
    return { signal: 'common', text: 'No clear difference' };
  };
  return answer.overview
    .map((line) => ({ line, mark: read(line) }))
    .map((one) => ({ ...one, attention: one.mark.signal === 'concern' }))
    .sort((one, other) => order.indexOf(one.mark.signal) - order.indexOf(other.mark.signal));
}

/** "2 of 7 measures need attention", of those that can be shown: what a board reads first. That nothing does is said with how many are hidden. */
export function attentionLine(all: Exception[]): string {
  const count = all.filter((one) => one.attention).length;
  const seen = all.filter((one) => one.line.figure.value !== null).length;
  const measures = seen === 1 ? 'measure' : 'measures';
  const hidden = all.length - seen;
  const rest = hidden === 0 ? '' : `; ${hidden} cannot be shown`;
  if (seen === 0) return 'No headline measure can be shown';
  // Most being hidden, what is left says nothing of the whole.
  if (count === 0 && hidden > seen) return `Cannot tell: ${hidden} of ${all.length} measures cannot be shown`;
  if (count === 0) return `None of ${seen} ${measures} needs attention${rest}`;
  return `${count} of ${seen} ${measures} ${count === 1 ? 'needs' : 'need'} attention`;
}
