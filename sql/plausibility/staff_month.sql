-- Everybody whom the extracts tell of, by organisation and by nation, month by month, by the post with the largest FTE. Rows that no figure counts (bank,
-- honorary) are among them, so that a month in which everybody turned into one is seen. What is known of a person is packed into one number, `traits`
-- (0 where it is not known), and all that is told of the person and the post into another, `state`: a window over a million people moves whole numbers fast.
create or replace temp macro month_number(day) as (12 * year(day) + month(day))::smallint;
create or replace temp macro sex_of(traits) as traits & 3;
create or replace temp macro ethnic_group_of(traits) as (traits >> 2) & 7;
create or replace temp macro disability_of(traits) as (traits >> 5) & 3;
create or replace temp macro age_of(traits) as (traits >> 7) & 15;
create or replace temp macro band_of(traits) as (traits >> 11) & 31;
create or replace temp macro contract_of(traits) as (traits >> 16) & 15;
create or replace temp macro status_of(traits) as (traits >> 20) & 15;
create or replace temp table staff_month as
with sex_code as (
  select lower(source_value) as value, any_value(if(code = 'unknown', 0, sort)) as sort from sex group by all
), ethnic_code as (
  select upper(source_value) as value, any_value(if(code = 'unknown', 0, sort)) as sort from ethnic_group group by all
), disability_code as (
  select lower(source_value) as value, any_value(if(code = 'unknown', 0, sort)) as sort from disability group by all
), age_code as (
  select lower(source_value) as value, any_value(if(code = 'unknown', 0, sort)) as sort from age_band group by all
), band_code as (
  select lower(source_value) as value, any_value(if(code = 'other_band', 31, sort)) as sort from band group by all
), row as (
  select person.person, month_number(judged.period_end) as month, judged.nation::area_t as nation,
    coalesce(split_follower.latest, lineage.latest, judged.organisation_code)::area_t as organisation, round(1000 * contracted_fte)::integer as fte, organisation_start_date as start,
    (1000000 * round(1000 * contracted_fte)::bigint + hash(judged.assignment_id) % 1000000)::bigint as place,
    (coalesce(sex_code.sort, 0) + (coalesce(ethnic_code.sort, 0) << 2) + (coalesce(disability_code.sort, 0) << 5) + (coalesce(age_code.sort, 0) << 7)
      + (coalesce(band_code.sort, 0) << 11) + (coalesce(enum_code(contract_type) + 1, 0)::integer << 16) + (coalesce(enum_code(assignment_status) + 1, 0)::integer << 20))::integer as traits,
    hash(judged.sex, judged.ethnic_group, judged.age_band, judged.disability, judged.band, contract_type, assignment_status, occupation_code, contracted_fte, judged.stage, apprentice,
      organisation_start_date) as state
  from judged
  join person on person.person_id = judged.person_id
  left join lineage on lineage.code = judged.organisation_code
  left join split_follower on split_follower.person_id = judged.person_id and split_follower.code = judged.organisation_code
  left join sex_code on sex_code.value = lower(judged.sex::varchar)
  left join ethnic_code on ethnic_code.value = upper(judged.ethnic_group::varchar)
  left join disability_code on disability_code.value = lower(judged.disability::varchar)
  left join age_code on age_code.value = lower(judged.age_band::varchar)
  left join band_code on band_code.value = lower(judged.band::varchar)
  where judged.nation is not null
)
select 'organisation'::level_t as level, organisation as area, person, month, count(*)::integer as posts, sum(fte)::integer as fte, arg_max(traits, place) as traits,
  (bit_xor(state) + count(*))::uhugeint as state, arg_max(start, place) as start, organisation
from row group by organisation, person, month
union all
select 'nation', nation, person, month, count(*)::integer, sum(fte)::integer, arg_max(traits, place), (bit_xor(state) + count(*))::uhugeint, arg_max(start, place), arg_max(organisation, place)
from row group by nation, person, month;

-- The months of each place, with the one before that its people are followed from (not more than six back) and the one before that.
create or replace temp table place_month as
select level, area, month, count(*)::integer as people, sum(posts)::integer as posts, sum(fte) / 1000 as fte,
  case when lag(month) over places >= month - 6 then lag(month) over places end as before,
  case when lag(month, 2) over places = month - 2 then month - 2 end as two_before, lag(count(*)::integer) over places as people_before
from staff_month group by level, area, month
window places as (partition by level, area order by month);

-- Whom the extract of leavings has gone within a month, and before its last day: whoever leaves on that day is in its snapshot still.
create or replace temp table gone as
select person.person, coalesce(lineage.latest, organisation_code)::area_t as area, month_number(leaving_date) as month, max(leaving_date) as leaving_date
from retention join person on person.person_id = retention.person_id left join lineage on lineage.code = retention.organisation_code
where leaving_date < last_day(leaving_date) group by all;
