import type { VacancyMethod as VacancyMethodShape } from '../release/catalogue.ts';
import { builder } from './builder.ts';

export const VacancyMethod = builder.objectRef<VacancyMethodShape>('VacancyMethod').implement({
  description: 'How vacancies are counted, which nations do in different ways.',
  fields: (t) => ({
    code: t.exposeString('code'),
    label: t.exposeString('label'),
    meaning: t.exposeString('meaning'),
  }),
});
