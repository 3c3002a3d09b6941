-- Turnover rates as fractions; NULL when the base is 0.
-- leaver_rate: leavers / mean of start and end headcount (NHS England). leaver_rate_of_start: leavers / start headcount (NES).
-- stability_index: people of the start still there at the end / start. The two do not add up to 1: their bases differ.
-- Source: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics
-- Example: select leaver_rate(102, 1000, 1040), stability_index(905, 1000);  -- 0.1, 0.905

create or replace macro leaver_rate(leavers, start_headcount, end_headcount) as
  leavers::double / nullif((start_headcount::double + end_headcount::double) / 2, 0);

create or replace macro leaver_rate_of_start(leavers, start_headcount) as leavers::double / nullif(start_headcount::double, 0);

create or replace macro stability_index(stayed, start_headcount) as stayed::double / nullif(start_headcount::double, 0);

comment on macro leaver_rate is 'Leavers over the mean of start and end headcount';
comment on macro leaver_rate_of_start is 'Leavers over start headcount';
comment on macro stability_index is 'Share of the start headcount still there at the end';
