-- The first month of an organisation, or the first after more than six without: nobody can be followed, so it is set beside the other employers of that month, those
-- of thirty people or more.
insert into verdict by name
with bank_contract as (
  select any_value(enum_code(contract_type)) + 1 as number from workforce where contract_type::varchar = 'bank'
), place as (
  select place.area, place.month, place.people, place.before, count(*) filter (where sex_of(traits) = 1) / nullif(count(*) filter (where sex_of(traits) > 0), 0) as female,
    count(*) filter (where sex_of(traits) > 0) as sex_known, count(*) filter (where contract_of(traits) = (select number from bank_contract)) / count(*) as bank,
    any_value(place.fte) / place.people as fte_each, any_value(place.posts) / place.people as posts_each,
    count(*) filter (where sex_of(traits) = 0) / count(*) as sex_blank, count(*) filter (where age_of(traits) = 0) / count(*) as age_blank
  from place_month as place join staff_month on staff_month.level = place.level and staff_month.area = place.area and staff_month.month = place.month
  where place.level = 'organisation' group by place.area, place.month, place.people, place.before
), peer as (
  select month, count(*) as peers, median(female) as female, 1.4826 * mad(female) as spread, median(bank) as bank, median(fte_each) as fte_each, median(posts_each) as posts_each
  from place where people >= 30 group by month
), banded as (
  select area, month, band_of(traits) as band, count(*) as people from staff_month where level = 'organisation' and band_of(traits) > 0 group by area, month, band
), own as (
  select *, people / sum(people) over (partition by area, month) as share from banded
), mix as (
  select month, band, sum(banded.people) / sum(sum(banded.people)) over (partition by month) as share
  from banded join place using (area, month) where place.people >= 30 group by month, band
), distance as (
  select place.area, place.month, sum(abs(coalesce(own.share, 0) - mix.share)) / 2 as apart
  from place join mix on mix.month = place.month left join own on own.area = place.area and own.month = place.month and own.band = mix.band
  where place.before is null group by place.area, place.month
), judged_first as (
  select place.area, place.month, place.people, unnest([
    {what: 'sex', statistic: abs(place.female - peer.female)::double, stops_at: greatest(0.45, 4 * sqrt(peer.spread ^ 2 + peer.female * (1 - peer.female) / sex_known))::double},
    {what: 'bank contracts', statistic: place.bank, stops_at: peer.bank + 0.5},
    {what: 'FTE a person', statistic: abs(ln(place.fte_each / peer.fte_each)), stops_at: ln(1.6)},
    {what: 'posts a person', statistic: place.posts_each, stops_at: 1.4 * peer.posts_each},
    {what: 'sex left blank', statistic: sex_blank, stops_at: 0.5}, {what: 'age left blank', statistic: age_blank, stops_at: 0.5},
    {what: 'bands', statistic: apart, stops_at: 0.30 + 1.5 / sqrt(place.people)}
  ], recursive := true)
  from place join peer on peer.month = place.month left join distance on distance.area = place.area and distance.month = place.month
  where place.before is null and place.people >= 10 and peers >= 5
)
select 'organisation' as level, area, month, 'first' as "check", statistic, stops_at, people as base, what from judged_first where statistic >= stops_at;
