-- What happened to whom, in the categories of the moment: the input of the lattice, and the last table with people in it.
-- key_period names what the record keys are drawn for: a stock is keyed by its snapshot, so that a quarter and a year that end
-- together show the same figure; a flow is keyed by its window.
create or replace table event (
  family varchar, grain grain_t, period_end date, key_period varchar, person integer, organisation area_t,
  profession category_t, band category_t, stage category_t, sex category_t, ethnic_group category_t, age_band category_t,
  disability category_t, tenure_band category_t,
  leaving_reason category_t, destination category_t, to_state category_t, to_stage category_t, standard category_t, domain category_t, cohort category_t, elapsed category_t,
  tally tally_t, weight integer
);
