import { error } from '@sveltejs/kit';
import { csvName, toCsv } from '#lib/figure/csv.ts';
import type { Figure } from '#lib/figure/figure.ts';

/** The CSV file of the figure named by `?figure=`; 404 when the page has no such figure. */
export function csvResponse(figures: Figure[], url: URL): Response {
  const figure = figures.find((one) => one.id === url.searchParams.get('figure'));
  if (!figure)
    error(
      404,
      `This page has no figure called "${url.searchParams.get('figure') ?? ''}". It has: ${figures.map((one) => one.id).join(', ')}.`,
    );
  return new Response(`\uFEFF${toCsv(figure)}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${csvName(figure)}"`,
    },
  });
}
