/**
 * SQL for the academic year a DfE label names. `2024/25` is August to July and complete; `2025/26 (Aug to Apr)` ends in April and is not, and
 * must never be compared with a whole year.
 */
export function academicYear(label: string): { start: string; end: string; complete: string } {
  const start = `make_date(left(${label}, 4)::integer, 8, 1)`;
  const month = `regexp_extract(${label}, 'to ([A-Za-z]{3})', 1)`;
  const partial = `last_day(strptime(${month} || ' ' || (left(${label}, 4)::integer + if(${month} in ('Aug', 'Sep', 'Oct', 'Nov', 'Dec'), 0, 1)), '%b %Y')::date)`;
  return {
    start,
    end: `case when ${label} like '%(%' then ${partial} else make_date(left(${label}, 4)::integer + 1, 7, 31) end`,
    complete: `(${label} not like '%(%')`,
  };
}

/** What such a label looks like. */
export const academicYearPattern = '20[0-9]{2}/[0-9]{2}( \\(Aug to [A-Z][a-z]{2}\\))?';
