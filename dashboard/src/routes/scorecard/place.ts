import type { Where } from '#lib/server/question.ts';

/** The place of an address as the API takes it: an organisation before any wider place. */
export function placeOf(place: string | undefined, organisation: string | null): Where {
  if (organisation) return { organisation: [organisation] };
  const [, level, code] = /^(nation|region|system)-(.+)$/.exec(place ?? '') ?? [];
  if (!level || !code) return {};
  return level === 'nation' ? ({ nation: [code.toUpperCase()] } as Where) : { [level]: [code] };
}
