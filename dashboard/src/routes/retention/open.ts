import { pageOf } from '#lib/server/page.ts';
import { retention } from './figures.ts';
import { retentionKeys } from './keys.ts';

export const page = pageOf('/retention', retentionKeys, retention);
