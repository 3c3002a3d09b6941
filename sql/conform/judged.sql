-- Each workforce row with the nation of its workplace, and by which rule of that nation it is left out of every figure (sql/reference/eligibility.csv);
-- null where it counts.
create or replace view judged as
select workforce.*, organisation.nation, case
    when list_contains(string_split(rule.contracts_left_out, ' '), contract_type::varchar) then 'bank or honorary contract'
    when contracted_fte = 0 then 'contracted FTE of 0'
    when contracted_fte < rule.minimum_fte::decimal(8, 5) then 'contracted FTE below ' || rule.minimum_fte || ' in ' || nation.label
  end as left_out
from workforce
left join organisation on organisation.code = workforce.organisation_code
left join nation on nation.code = organisation.nation
left join eligibility as rule on rule.nation = organisation.nation
  and workforce.period_end >= coalesce(rule.valid_from, date '1900-01-01') and workforce.period_end <= coalesce(rule.valid_to, date '2999-12-31');
