import { listed, lowerFirst } from './words.ts';
import { type Figure, type Kind, type Series, type Value, valueSeries } from './figure.ts';
import { format, formatChange, formatInterval } from './format.ts';
import { isBroken, shown } from './status.ts';

interface Seen {
  label: string;
  value: Value;
  number: number;
}

/** The points of a series that may be shown, with the label of their row. */
function seen(figure: Figure, series: Series): Seen[] {
  return figure.rows.flatMap((row, place) => {
    const value = series.values[place];
    const number = shown(value);
    return value && number !== null ? [{ label: row.labels.join(', '), value, number }] : [];
  });
}

/** True when two intervals do not overlap; without both intervals a difference is taken at face value. */
function clear(one: Value, other: Value): boolean {
  if (!one.interval || !other.interval) return one.value !== other.value;
  return one.interval.lower > other.interval.upper || other.interval.lower > one.interval.upper;
}

const withRange = (figure: Figure, point: Seen): string =>
  point.value.interval
    ? `${point.value.display} (${formatInterval(point.value.interval, figure.unit)})`
    : point.value.display;

/** The points from the latest break in the series on, with what to say of it; all of them when there is none. */
function sinceBreak(figure: Figure, series: Series): { points: Seen[]; broken: string } {
  const all = seen(figure, series);
  const place = all.findLastIndex(({ value }) => isBroken(value));
  if (place < 1) return { points: all, broken: '' };
  return {
    points: all.slice(place),
    broken: `; figures before ${all[place]?.label} are not compared, because of a break in the series`,
  };
}

function trend(figure: Figure, series: Series, name: string): string | null {
  const { points, broken } = sinceBreak(figure, series);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  if (points.length === 1) return `${name} was ${last.value.display} in ${last.label}${broken}`;
  if (!clear(first.value, last.value))
    return `${name} shows no clear change from ${first.label} to ${last.label}${broken}`;
  const verb = last.number > first.number ? 'rose' : 'fell';
  return `${name} ${verb} from ${first.value.display} in ${first.label} to ${last.value.display} in ${last.label}${broken}`;
}

function spread(figure: Figure, place: number): { low: Seen; high: Seen; count: number } | null {
  const points = valueSeries(figure).flatMap((series) => {
    const value = series.values[place];
    const number = shown(value);
    return value && number !== null ? [{ label: series.label, value, number }] : [];
  });
  points.sort((one, other) => one.number - other.number);
  const [low, high] = [points[0], points.at(-1)];
  return low && high ? { low, high, count: points.length } : null;
}

const counts = (figure: Figure): boolean => ['people', 'fte', 'roles'].includes(figure.unit);

/** Which groups clearly grew or shrank from the first to the last row: levels of groups of different size say little. */
function movers(figure: Figure, series: Series[]): string | null {
  const moves = series.flatMap((one) => {
    const points = seen(figure, one);
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last || first === last) return [];
    const way = points.slice(1).some(({ value }) => isBroken(value))
      ? 'broken'
      : !clear(first.value, last.value)
        ? 'still'
        : last.number > first.number
          ? 'rose'
          : 'fell';
    return [{ label: one.label, way, since: first.label }];
  });
  const say = (way: string): string | null => {
    const labels = moves.filter((move) => move.way === way).map((move) => move.label);
    if (labels.length === 0) return null;
    return labels.length <= 4 ? `${way} in ${listed(labels)}` : `${way} in ${labels.length} of ${moves.length} groups`;
  };
  const parts = [say('rose'), say('fell')].filter((part) => part !== null);
  if (moves.length === 0) return null;
  const apart = moves.filter(({ way }) => way === 'broken').map((move) => move.label);
  const broken =
    apart.length === 0
      ? ''
      : `${apart.length > 4 ? `${apart.length} groups` : listed(apart)} not compared, because of a break in the series`;
  if (apart.length === moves.length) return `${figure.title} by group: ${broken}`;
  const said = parts.length ? parts.join(', and ') : 'shows no clear change';
  return `${figure.title} ${said} since ${moves[0]?.since}${broken && `; ${broken}`}`;
}

function lineHeadline(figure: Figure): string | null {
  const series = valueSeries(figure);
  if (series.length === 1 && series[0]) return trend(figure, series[0], figure.title);
  if (counts(figure)) return movers(figure, series);
  const place = figure.rows.length - 1;
  const ends = spread(figure, place);
  const when = figure.rows[place]?.labels.join(', ');
  if (!ends || ends.count < 2) return null;
  const { low, high } = ends;
  return clear(low.value, high.value)
    ? `${figure.title} in ${when} ranged from ${low.value.display} (${low.label}) to ${high.value.display} (${high.label})`
    : `${figure.title} shows no clear difference between groups in ${when}`;
}

function barHeadline(figure: Figure): string | null {
  const series = valueSeries(figure)[0];
  const points = series ? seen(figure, series).sort((one, other) => other.number - one.number) : [];
  const [high, next, low] = [points[0], points[1], points.at(-1)];
  if (!high || !next || !low) return null;
  if (counts(figure))
    return `The largest groups are ${high.label} (${high.value.display}) and ${next.label} (${next.value.display})`;
  return clear(high.value, low.value)
    ? `${high.label} has the highest ${lowerFirst(figure.title)} at ${high.value.display}; ${low.label} the lowest at ${low.value.display}`
    : `${figure.title} shows no clear difference between groups`;
}

function shareHeadline(figure: Figure): string | null {
  const place = figure.rows.length - 1;
  const largest = spread(figure, place)?.high;
  const series = valueSeries(figure).find((one) => one.label === largest?.label);
  const first = series && seen(figure, series)[0];
  const when = figure.rows[place]?.labels.join(', ');
  if (!largest) return null;
  const broken = series?.values.slice(1).some(isBroken);
  const change =
    first && figure.rows.length > 1 && !broken
      ? `, ${formatChange(first.number, largest.number, 'percent')} since ${first.label}`
      : '';
  return `${largest.label} made up ${largest.value.display} in ${when}${change}`;
}

function waterfallHeadline(figure: Figure): string | null {
  const series = valueSeries(figure)[0];
  if (!series) return null;
  const of = (role: string) => figure.rows.findIndex((row) => row.role === role);
  const [start, end] = [shown(series.values[of('start')]), shown(series.values[of('end')])];
  if (start === null || end === null) return null;
  const change = end - start;
  const verb = change > 0 ? 'grew' : change < 0 ? 'shrank' : 'did not change';
  return change === 0
    ? `The workforce ${verb}`
    : `The workforce ${verb} by ${format(Math.abs(change), figure.unit)} people, ${formatChange(start, end, figure.unit).replace(/^(up|down) /, '')}`;
}

function markHeadline(figure: Figure): string | null {
  const series = valueSeries(figure)[0];
  const last = series?.marks?.findLast((mark) => mark !== null);
  return last ? `${figure.title}: ${lowerFirst(last.text)}` : null;
}

const headlines: Partial<Record<Kind, (figure: Figure) => string | null>> = {
  line: lineHeadline,
  multiples: lineHeadline,
  fan: lineHeadline,
  survival: lineHeadline,
  bar: barHeadline,
  ratio: barHeadline,
  share: shareHeadline,
  waterfall: waterfallHeadline,
  spc: markHeadline,
};

/** The message of the figure in one line; its own headline, else computed from the numbers, else the neutral title. */
export function toHeadline(figure: Figure): string {
  return figure.headline ?? headlines[figure.kind]?.(figure) ?? figure.title;
}

/** How many values the figure withholds, in words; empty when none. */
function withheld(figure: Figure): string {
  const count = valueSeries(figure)
    .flatMap((series) => series.values)
    .filter((value) => shown(value) === null).length;
  return count === 0
    ? ''
    : count === 1
      ? ' One value is not shown; the table says why.'
      : ` ${count} values are not shown; the table says why.`;
}

function latest(figure: Figure): string {
  const place = figure.rows.length - 1;
  const when = figure.rows[place]?.labels.join(', ');
  const parts = valueSeries(figure).flatMap((series) => {
    const value = series.values[place];
    const number = shown(value);
    return value && number !== null
      ? [`${series.label} ${withRange(figure, { label: series.label, value, number })}`]
      : [];
  });
  const first = parts.slice(0, 4).join('; ');
  return parts.length === 0
    ? `No value can be shown for ${when}.`
    : `Latest, ${when}: ${first}${parts.length > 4 ? `; and ${parts.length - 4} more in the table` : ''}.`;
}

function steps(figure: Figure): string {
  const series = valueSeries(figure)[0];
  return series
    ? `${seen(figure, series)
        .map((point) => `${point.label} ${point.value.display}`)
        .join('; ')}.`
    : '';
}

/** One or two sentences that give the numbers behind the headline. Never holds a withheld value. */
export function toSentence(figure: Figure): string {
  if (figure.sentence) return figure.sentence + withheld(figure);
  const overTime: Kind[] = ['line', 'multiples', 'share', 'fan', 'spc', 'survival'];
  const words = overTime.includes(figure.kind)
    ? latest(figure)
    : figure.rows.length <= 8
      ? steps(figure)
      : `${figure.rows.length} ${(figure.rowHeads[0] ?? 'row').toLowerCase()} values, all in the table.`;
  return words + withheld(figure);
}

const kindWords: Record<Kind, string> = {
  line: 'Line chart',
  multiples: 'Small line charts',
  bar: 'Dot chart with intervals',
  share: 'Stacked bar chart of shares',
  waterfall: 'Waterfall chart',
  spc: 'Statistical process control chart',
  funnel: 'Funnel plot',
  survival: 'Step curve',
  flow: 'Flow diagram',
  ratio: 'Dot chart of ratios on a logarithmic scale',
  fan: 'Line chart with widening ranges',
};

/** The text alternative of the picture: what kind it is, what it shows and where the values are. */
export function toAlt(figure: Figure): string {
  const labels = figure.rows.map((row) => row.labels.join(', '));
  const span = labels.length > 1 ? `${labels[0]} to ${labels.at(-1)}` : (labels[0] ?? 'no rows');
  const names = valueSeries(figure).map((series) => series.label);
  const which = names.length > 1 ? ` for ${names.length} groups` : '';
  return `${kindWords[figure.kind]}: ${figure.subtitle}${which}. ${span}. ${toHeadline(figure)}. Every value is in the table below.`;
}
