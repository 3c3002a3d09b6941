import { pageOf } from '#lib/server/page.ts';
import { nations } from './content.ts';
import { nationsKeys } from './keys.ts';

export const page = pageOf('/nations', nationsKeys, nations);
