import type { IntervalValue } from '../query/figure.ts';
import { builder } from './builder.ts';

/** A number that is no measure of its own: a difference, a limit, a count of lines. */
export interface QuantityValue {
  value: number;
  display: string;
  unit: string;
  interval: IntervalValue | null;
}

export const Interval = builder.objectRef<IntervalValue>('Interval').implement({
  description: 'A confidence interval. It includes what protection adds.',
  fields: (t) => ({
    lower: t.exposeFloat('lower'),
    upper: t.exposeFloat('upper'),
    level: t.exposeFloat('level', { description: '0.95 for a 95 % interval.' }),
    method: t.exposeString('method'),
  }),
});

export const Quantity = builder.objectRef<QuantityValue>('Quantity').implement({
  description: 'A number in its unit, as it is printed.',
  fields: (t) => ({
    value: t.exposeFloat('value', { description: 'Rates and shares are fractions: 0.123 is 12.3%.' }),
    display: t.exposeString('display', { description: 'What to print, with its sign and unit where it needs them.' }),
    unit: t.exposeString('unit', { description: 'What it counts, such as people, fraction, share or rows.' }),
    interval: t.field({ type: Interval, nullable: true, resolve: ({ interval }) => interval }),
  }),
});
