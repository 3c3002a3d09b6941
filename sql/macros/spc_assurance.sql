-- Will a process meet a target as it stands? Target against the XmR limits: 'consistently_passes', 'consistently_fails' or 'hit_or_miss'.
-- improvement: 'increase' (high is good) or 'decrease'. NULL without target or direction.
-- Source: NHS England Making data count, https://www.england.nhs.uk/publication/making-data-count/
-- Example: select spc_assurance(8.2, 10.2, 12, 'decrease');  -- consistently_passes

create or replace macro spc_assurance(lower_limit, upper_limit, target, improvement) as
  case when target is null or lower_limit is null or upper_limit is null or improvement not in ('increase', 'decrease') then null
    when target < lower_limit then if(improvement = 'increase', 'consistently_passes', 'consistently_fails')
    when target > upper_limit then if(improvement = 'increase', 'consistently_fails', 'consistently_passes')
    else 'hit_or_miss' end;

comment on macro spc_assurance is 'Target against XmR limits: consistently_passes, consistently_fails or hit_or_miss';
