import type { Measure } from '@ahp/sql/measure';
import { displayed, noiseStatement } from '../query/words.ts';
import type { AudienceRecord } from '../release/catalogue.ts';
import { cannotTell } from '../query/precision.ts';
import { markers, type CellStatus, type Figure, type Flag } from '../query/figure.ts';

/** What a statistic worked out from published cells is made of. */
export interface Parts {
  value: number | null;
  lower?: number | null;
  upper?: number | null;
  method?: string;
  numerator?: number | null;
  denominator?: number | null;
  /** People that it rests on: decides the decimals of percentages. */
  base?: number | null;
  /** Why there is no value; NOT_APPLICABLE when it is left out. */
  status?: CellStatus;
  flags?: readonly Flag[];
  /** Protection of its numerator (of itself, for a count): variance and number of cells. */
  noise?: { audience: AudienceRecord; variance: number; cells: number };
  /** What to print instead of the marker. */
  display?: string;
}

/** A statistic in the form that every figure of the service has. Without a value it shows why. */
export function statistic(measure: Measure, parts: Parts): Figure {
  const { value, lower = null, upper = null, base = null, status = 'NOT_APPLICABLE', flags = [] } = parts;
  const held = value !== null && Number.isFinite(value);
  const vague = held && lower !== null && upper !== null && cannotTell(measure.unit, value, lower, upper);
  const shown = held && !vague;
  const missing = vague ? 'CANNOT_TELL' : isShown(status) ? 'NOT_APPLICABLE' : status;
  const kept: CellStatus = shown ? (isShown(status) ? status : 'OK') : missing;
  return {
    measure,
    value: shown ? value : null,
    status: kept,
    display: shown
      ? (parts.display ?? displayed(value, measure.unit, base))
      : ((vague ? null : parts.display) ?? markers[kept] ?? ''),
    numerator: shown ? (parts.numerator ?? null) : null,
    denominator: shown ? (parts.denominator ?? null) : null,
    interval:
      shown && lower !== null && upper !== null
        ? { lower, upper, level: 0.95, method: parts.method ?? 'includes the variance of the protection' }
        : null,
    noise: shown && parts.noise && parts.noise.audience.v > 0 ? noiseOf(measure, parts.noise) : null,
    comparison: null,
    methods: [],
    without: [],
    marks: [],
    breaks: [],
    flags:
      kept === 'LOW_RELIABILITY' && !flags.includes('LOW_RELIABILITY') ? [...flags, 'LOW_RELIABILITY'] : [...flags],
  };
}

const isShown = (status: CellStatus) => status === 'OK' || status === 'LOW' || status === 'LOW_RELIABILITY';

function noiseOf({ unit }: Measure, { audience, variance, cells }: NonNullable<Parts['noise']>): Figure['noise'] {
  const sd = Math.sqrt(variance);
  const what = unit === 'people' ? 'This rests on' : 'Its numerator rests on';
  const size = sd.toLocaleString('en-GB', { maximumSignificantDigits: 2 });
  return {
    sd,
    cells,
    audience: audience.id,
    statement: `${what} ${cells === 1 ? 'one published cell' : `${cells} published cells`}; the standard deviation of the protection is about ${size}. ${noiseStatement(audience)}`,
  };
}
