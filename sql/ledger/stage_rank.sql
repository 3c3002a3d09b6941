create or replace temp macro stage_rank(stage) as
  case stage when 'support_worker' then 1 when 'senior_support_worker' then 2 when 'assistant_practitioner' then 3 end;
