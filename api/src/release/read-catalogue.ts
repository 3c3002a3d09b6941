import type { ReleaseSchema } from '@ahp/sql/schema';
import type { Kysely } from 'kysely';
import { Catalogue, type AreaRecord } from './catalogue.ts';
import { readBreaks } from './read-breaks.ts';
import { protectedHolding, publishedHoldings } from './holdings.ts';
import { dimensionById, levels, type Level } from './dimension.ts';

/**
 * Reads the catalogue of an open release; one pass over the cells tells what is held where. `inCommon` tells what needs the cells of all
 * employers, where `db` holds some of them alone.
 */
export async function readCatalogue(db: Kysely<ReleaseSchema>, inCommon = db): Promise<Catalogue> {
  const [release, audience, areas, dimensions, categories, feeds] = await Promise.all([
    db.selectFrom('release').selectAll().executeTakeFirstOrThrow(),
    db.selectFrom('audience').selectAll().executeTakeFirstOrThrow(),
    db.selectFrom('area').selectAll().execute(),
    db.selectFrom('dimension').selectAll().orderBy('sort').orderBy('id').execute(),
    db.selectFrom('category').selectAll().orderBy('sort').orderBy('code').execute(),
    db.selectFrom('published_feed').selectAll().orderBy('feed').execute(),
  ]);
  const linkedAreas = linked(areas);
  const breaks = await readBreaks(db, linkedAreas);
  const holdings = [
    ...(release.has_extracts ? [await protectedHolding(db, linkedAreas, breaks, inCommon)] : []),
    ...(release.has_published ? await publishedHoldings(db, linkedAreas, breaks) : []),
  ];
  return new Catalogue({
    release: {
      version: release.version,
      title: release.title,
      createdAt: moment(release.created_at)!,
      publishedAt: moment(release.published_at),
      synthetic: release.synthetic,
      hasExtracts: release.has_extracts,
      hasPublished: release.has_published,
      codeVersion: release.code_version,
      citation: release.citation,
      licence: release.licence,
    },
    audience: {
      id: audience.id,
      label: audience.label,
      d: audience.d,
      v: audience.v,
      js: audience.js,
      displayMinimum: audience.display_minimum,
      rateMinimum: audience.rate_minimum,
    },
    areas: linkedAreas,
    dimensions: dimensions
      .filter(({ id }) => dimensionById.has(id))
      .map(({ id, label, sensitive, protected_characteristic }) => ({
        id,
        label,
        sensitive,
        protectedCharacteristic: protected_characteristic,
        categories: categories
          .filter(({ dimension }) => dimension === id)
          .map(({ dimension, code, label, label_cy, valid_from, valid_to }) => ({
            dimension,
            code,
            label,
            labelCy: label_cy,
            validFrom: day(valid_from),
            validTo: day(valid_to),
          })),
      })),
    holdings,
    breaks,
    feeds: feeds.map(({ feed, ...rest }) => ({ id: feed, ...rest })),
  });
}

function linked(rows: (Omit<ReleaseSchema['area'], 'level'> & { level: string })[]): AreaRecord[] {
  const byCode = new Map<string, AreaRecord>();
  const areas = rows.map((row): AreaRecord => ({
    level: row.level as Level,
    code: row.code,
    label: row.label,
    labelCy: row.label_cy,
    kind: row.kind,
    sizeBand: row.size_band,
    validFrom: day(row.valid_from),
    validTo: day(row.valid_to),
    successor: row.successor,
    nation: row.nation,
    region: row.region,
    system: row.system,
    within(level) {
      return level === this.level
        ? this
        : (byCode.get(`${level}|${level === 'organisation' ? this.code : this[level]}`) ?? null);
    },
  }));
  for (const area of areas) byCode.set(`${area.level}|${area.code}`, area);
  return areas.sort(
    (a, b) =>
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      a.label.localeCompare(b.label, 'en-GB') ||
      (a.code < b.code ? -1 : 1),
  );
}

const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
const moment = (date: Date | null) => date && `${date.toISOString().slice(0, 19)}Z`;
