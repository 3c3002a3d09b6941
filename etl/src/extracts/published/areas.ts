/**
 * SQL: sums rows of organisations to systems, regions and England. `rows` selects organisation, system, region (their codes and `_label`s),
 * the columns named in `by`, `value`, source_file and line; nothing is summed over a category, so no total is counted with its parts.
 * The special codes of bodies without a place (QZZ) count in England only. An organisation without a value is left out of the sums.
 */
export function summedAreas(rows: string, by: readonly string[]): string {
  const kept = by.join(', ');
  const level = (name: string, code: string, label: string, where: string) => `
  select '${name}' as level, ${code} as area, max(${label}) as area_label, ${kept}, sum(value) as value, min(source_file) as source_file, min(line) as line
  from placed where ${where} group by ${[code, ...by].join(', ')}`;
  return `with placed as (${rows})
${level('organisation', 'organisation', 'organisation_label', 'true')}
union all ${level('system', 'system', 'system_label', "system not in ('QZZ')")}
union all ${level('region', 'region', 'region_label', "region not in ('QZZ')")}
union all ${level('nation', "'england'", "'England'", 'true')}`;
}
