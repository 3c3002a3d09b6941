import { pageOf } from '#lib/server/page.ts';
import { equity } from './figures.ts';
import { equityKeys } from './keys.ts';

export const page = pageOf('/equity', equityKeys, equity);
