import { isShown } from '../query/status.ts';
import { areApart } from '../query/clear-difference.ts';
import { lowerFirst } from '../query/words.ts';
import type { BoardSections } from './board-sections.ts';

/** How many questions a board is given. */
const most = 6;

/** Questions that the figures suggest, the most pressing first; general ones only where the figures ask nothing. */
export function questionsFor(sections: BoardSections): string[] {
  const { overview, leaverSpc, leaverFunnel, survival, nationSurvival, reasons, fairness } = sections;
  const found: string[] = [];
  const variation = leaverSpc?.variation;
  if (variation === 'CONCERN')
    found.push('More people leave than usual. What changed, in which teams, and since when?');
  if (variation === 'IMPROVEMENT')
    found.push('Fewer people leave than before. What was done, and how will it be kept up?');
  if (leaverFunnel?.flagged && leaverFunnel.variation === 'CONCERN')
    found.push(
      'Our leaver rate stands out among organisations of our nation. What do those with a usual rate do differently?',
    );
  const [ours, theirs] = [survival?.at12, nationSurvival?.at12];
  if (ours?.interval && theirs?.interval && areApart(ours.interval, theirs.interval))
    found.push(
      `Of those who join us, ${ours.display} are still here after a year; in the nation it is ${theirs.display}. What happens to people in their first year?`,
    );
  for (const { row, label, outcome } of fairness)
    if (row.verdict === 'WORSE_OFF')
      found.push(
        `${row.group.label} staff are worse off in ${lowerFirst(outcome.title)} (${lowerFirst(label)}). Do we know why, and what are we doing about it?`,
      );
  for (const { measure, figure, versusNation, change } of overview) {
    if (!isShown(figure.status) || measure.direction === 'none') continue;
    const asked = measure.id === leaverSpc?.measure.id && variation === 'CONCERN';
    const worse = versusNation && versusNation.verdict === (measure.direction === 'up' ? 'LOWER' : 'HIGHER');
    if (worse)
      found.push(
        `${measure.title} is ${figure.display}, against ${versusNation.display} in ${versusNation.comparator}. What would bring us level?`,
      );
    else if (change === 'WORSENING' && !asked)
      found.push(`${measure.title} is ${figure.display} and worse than a year ago. What is behind it?`);
  }
  const known = reasons.filter(({ reason }) => reason.code !== 'unknown');
  const unknown = reasons.find(({ reason }) => reason.code === 'unknown');
  if ((unknown?.share.value ?? 0) > 0.3)
    found.push(`We do not know why ${unknown!.share.display} of our leavers left. How will we find out?`);
  else if (known[0] && isShown(known[0].share.status))
    found.push(
      `The reason most often given for leaving is ${lowerFirst(known[0].reason.label)} (${known[0].share.display}). Which part of that can we influence?`,
    );
  const general = [
    'Which of our support workers want to progress, and what stands in their way?',
    'Does every support worker have an appraisal, a development plan and a career conversation this year?',
    'What do our support workers themselves say about these figures?',
  ];
  return [...found.slice(0, most), ...(found.length < 3 ? general.slice(0, 3 - found.length) : [])];
}
