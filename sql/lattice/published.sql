-- Official figures in the shape of cells, with their own feeds, periods and categories.
create or replace table release_published_cell as
select feed, "set", grain, level, area, period_end, a, b, c, tally, value from published_row;

create or replace table release_published_feed as select * from published_feed;

create or replace table release_published_period as
select distinct feed, grain, period_end, period_start, period_label as label, complete from published_row;

create or replace table release_category as
with used as (
  select unnest(string_split("set", '+')[1:1]) as dimension, a as code, a_label as label from published_row where a is not null
  union select unnest(string_split("set", '+')[2:2]), b, b_label from published_row where b is not null
  union select unnest(string_split("set", '+')[3:3]), c, c_label from published_row where c is not null
)
select dimension, code, label, label_cy, sort, valid_from, valid_to from category
union all by name
select dimension, code, min(label) as label, dense_rank() over (partition by dimension order by min(label))::integer as sort
from used where (dimension, code) not in (select dimension, code from category) group by dimension, code;
