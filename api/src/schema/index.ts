import './board.ts';
import { builder } from './builder.ts';
import './catalogue.ts';
import { takeCodesAsValues } from './codes-as-values.ts';
import { describe } from './describe.ts';
import './fairness.ts';
import './flows.ts';
import './funnel.ts';
import './me.ts';
import './organisation.ts';
import './projection.ts';
import './quality.ts';
import './reconciliation.ts';
import './release.ts';
import './scorecard.ts';
import './signals.ts';
import './spc.ts';
import './standardised.ts';
import './subject.ts';
import './survival.ts';
import './time-to-step.ts';

/** The executable schema; its text is committed as `api/schema.graphql`. */
export const schema = builder.toSchema();
takeCodesAsValues(schema);
/** The descriptions that the schema took from the common list. */
export const described = describe(schema);
