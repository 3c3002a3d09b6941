import { areaCode, label, optionalLabel } from './columns.ts';
import { openGovernmentLicence, type Feed } from './feed.ts';

const themes: Record<string, string> = {
  pp1_compassionate_inclusive: 'We are compassionate and inclusive',
  pp2_recognised_rewarded: 'We are recognised and rewarded',
  pp3_voice_counts: 'We each have a voice that counts',
  pp3_2_raising_concerns: 'Raising concerns',
  pp4_safe_healthy: 'We are safe and healthy',
  pp4_1_health_safety_climate: 'Health and safety climate',
  pp4_2_burnout: 'Burnout',
  pp4_3_negative_experiences: 'Negative experiences',
  pp5_always_learning: 'We are always learning',
  pp6_work_flexibly: 'We work flexibly',
  pp7_team: 'We are a team',
  theme_engagement: 'Staff engagement',
  theme_morale: 'Morale',
};

const scores = Object.entries(themes)
  .map(([column, title]) => `{theme: '${column}', title: '${title}', score: ${column}::double}`)
  .join(', ');

/** NHS Staff Survey: People Promise scores by trust, latest survey. */
export const peoplePromise: Feed = {
  title: 'NHS Staff Survey: People Promise scores by trust',
  publisher: 'NHS Staff Survey Coordination Centre, for NHS England',
  licence: openGovernmentLicence,
  url: 'https://www.nhsstaffsurveys.com/results/',
  note: 'All staff who answered in each trust, not the AHP support workforce: context only. The file does not state its year; it is taken as the survey of autumn 2025. Scores from 0 to 10.',
  extract: {
    name: 'people_promise',
    title: 'NHS Staff Survey: People Promise by trust',
    publisher: 'NHS Staff Survey Coordination Centre',
    meaning: 'Scores of the People Promise elements and two themes.',
    grain: 'one row per trust',
    key: ['org_code'],
    columns: [
      areaCode('org_code', 'Trust.', 'R0A'),
      label('org_name', 'Name of the trust.', 'Manchester University NHS Foundation Trust'),
      label('trust_type', 'Type of trust.', 'Acute trust'),
      optionalLabel('trust_subtype', 'Finer type.', 'Acute - Teaching'),
      ...Object.entries(themes).map(
        ([name, meaning]) =>
          ({
            name,
            kind: 'decimal',
            required: true,
            scale: 18,
            minimum: 0,
            maximum: 10,
            meaning: `${meaning}.`,
            example: '7.27',
          }) as const,
      ),
    ],
  },
  layout: { id: 'people-promise', title: 'People Promise by trust', trims: true },
  rows: `
with scored as (
  select org_code, org_name, source_file, line, unnest([${scores}]) as answer
  from (select distinct on (org_code) * from people_promise order by source_file, line)
),
told as (select *, unnest([{tally: 'score', value: 1000 * answer.score}, {tally: 'score_base', value: if(answer.score is null, null, 1)}]) as figure from scored)
select 'people_promise' as feed, 'organisation' as level, org_code as area, org_name as area_label, 'year' as grain, date '2025-01-01' as period_start, date '2025-12-31' as period_end,
  '2025 survey' as period_label, true as complete, 'survey_theme' as "set", answer.theme as a, answer.title as a_label, null as b, null as b_label, null as c, null as c_label,
  figure.tally as tally, figure.value::double as value, case when figure.value is null then 'Blank: too few answered' end as withheld, source_file, line
from told`,
  organisations: `
select org_code as code, org_name as label, 'england' as nation, null as region, null as system, null as kind, date '1900-01-01' as as_at from people_promise`,
};
