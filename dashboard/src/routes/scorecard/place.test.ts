import { expect, it } from 'vitest';
import { placeOf } from './place.ts';

it('reads a nation, region, system or organisation from the address, the organisation first', () => {
  expect(placeOf('uk', null)).toEqual({});
  expect(placeOf('nation-northern_ireland', null)).toEqual({ nation: ['NORTHERN_IRELAND'] });
  expect(placeOf('region-Y56', null)).toEqual({ region: ['Y56'] });
  expect(placeOf('system-S08000015', null)).toEqual({ system: ['S08000015'] });
  expect(placeOf('nation-wales', 'Z1W')).toEqual({ organisation: ['Z1W'] });
});
