import { pageOf } from '#lib/server/page.ts';
import { progression } from './figures.ts';
import { progressionKeys } from './keys.ts';

export const page = pageOf('/progression', progressionKeys, progression);
