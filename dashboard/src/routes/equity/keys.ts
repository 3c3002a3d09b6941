import { categoryKey, nationKey } from '#lib/server/options.ts';
import type { Characteristic, Outcome } from '#lib/server/statistics/fairness.ts';
import type { View } from '#lib/server/view.ts';
import type { Keys } from '#lib/state/url-state.ts';

const outcomes: Outcome[] = [
  ...(['BAND_UP_RATE', 'STAGE_UP_RATE', 'TO_APPRENTICE_RATE', 'TO_REGISTERED_RATE', 'STUCK_SHARE'] as const),
  ...(['LEAVER_RATE', 'APPRAISAL_RATE', 'PDP_RATE', 'CAREER_CONVERSATION_RATE'] as const),
  ...(['CPD_PARTICIPATION', 'SUPERVISION_RATE', 'MANDATORY_COMPLIANCE'] as const),
];
const characteristics: Characteristic[] = ['ETHNIC_GROUP', 'SEX', 'AGE_BAND', 'DISABILITY'];

/** Which outcome, for whom it is compared, and where. */
export function equityKeys(view: View): Keys {
  const titles = new Map(view.measures.map(({ id, title }) => [id, title]));
  const labels = new Map(view.dimensions.map(({ id, label }) => [id as string, label]));
  const profession = categoryKey(view, 'PROFESSION', 'YEAR');
  return {
    outcome: {
      label: 'Outcome',
      options: outcomes.flatMap((id) => {
        const [value, label] = [id.toLowerCase(), titles.get(id.toLowerCase())];
        return label ? [{ value, label }] : [];
      }),
      fallback: 'band_up_rate',
    },
    group: {
      label: 'Compared by',
      options: characteristics.flatMap((id) => {
        const label = labels.get(id);
        return label ? [{ value: id.toLowerCase(), label }] : [];
      }),
      fallback: 'ethnic_group',
    },
    ...(view.source === 'EXTRACTS' ? { nation: nationKey(view) } : {}),
    ...(profession ? { profession } : {}),
  };
}
