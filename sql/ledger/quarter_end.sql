-- The quarter ends of a release: the latest 17, which is 16 quarters of movement. More quarters of the small tables of organisations could be
-- averaged to undo their noise (attack 9 of the auditor); years go back as far as the extracts.
create or replace table quarter_end as
select period_end from (select distinct period_end from snapshot where month(period_end) in (3, 6, 9, 12))
where period_end >= (select last_day(max(period_end) - interval 48 month) from snapshot where month(period_end) in (3, 6, 9, 12));
