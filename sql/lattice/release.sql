-- The tables of a release file. Text columns of the cells are ENUMs (…_t), created from the values that the release holds,
-- because an ENUM stays a small integer up to the wire and a wrong label cannot be stored.

create table release (
  version varchar not null, title varchar not null, created_at timestamp not null, published_at timestamp,
  synthetic boolean not null, has_extracts boolean not null, has_published boolean not null,
  code_version varchar not null, citation varchar not null, licence varchar not null
);
comment on table release is 'What this release is; one row.';

create table audience (
  id varchar not null, label varchar not null, d integer not null, v double not null, js integer not null,
  display_minimum integer not null, rate_minimum integer not null
);
comment on table audience is 'For whom the cells were protected, and how; one row. d: largest change, v: variance of the change, js: published counts are 0 or above js.';

create table area (
  level level_t not null, code varchar not null, label varchar not null, label_cy varchar, nation varchar, region varchar,
  system varchar, kind varchar, size_band varchar, valid_from date, valid_to date, successor varchar
);
comment on table area is 'The geography: UK, nations, England’s regions, systems (ICB or board area) and organisations, with dates of validity. size_band: small under 50 support workers by the latest public count, medium 50 to 149, large 150 or more.';

create table dimension (id varchar not null, label varchar not null, sensitive boolean not null, protected_characteristic boolean not null, sort integer not null);
comment on table dimension is 'What cells may be split by.';

create table category (dimension varchar not null, code varchar not null, label varchar not null, label_cy varchar, sort integer not null, valid_from date, valid_to date);
comment on table category is 'The categories of a dimension and when they existed; a cell that is absent is 0 where its categories existed and not applicable where they did not.';

create table period (grain grain_t not null, period_end date not null, period_start date, label varchar not null, flows boolean not null, provisional boolean not null);
comment on table period is 'Periods by their last day; flows is false for the opening snapshot, which has a stock and no movements. A year ends on 31 March.';

create table break (nation varchar, from_date date not null, tally varchar not null, label varchar not null, meaning varchar not null, source varchar not null);
comment on table break is 'Breaks in series: from this day the tally of the nation (null: of all) is counted in another way. It touches every area that lies in the nation or contains it, and every measure made of the tally.';

create table vacancy_method (grain grain_t not null, level level_t not null, area area_t not null, period_end date not null, code varchar not null, label varchar not null, meaning varchar not null);
comment on table vacancy_method is 'By which method the vacancies of an area were counted in a period, one row per method; where there are several, vacancies are not added up.';

create table reporting (organisation varchar not null, period_end date not null, received boolean not null);
comment on table reporting is 'Whether each organisation sent its staff, month by month from its first one on. Not received is not 0 people; no row: nothing is expected of it.';

create table mark (
  grain grain_t not null, level level_t not null, area area_t not null, period_end date not null, "of" varchar not null, kind varchar not null,
  available boolean not null, reporters integer, employers integer, share double, note varchar not null
);
comment on table mark is 'What a reader has to know of the figures of an area and a period. of: those of its last day (stock), of the whole period (flow), or those made of one tally. kind: INCOMPLETE, where somebody sent nothing, or ACCEPTED, where something that looks wrong was let pass. Not available: no figure is given.';

create table policy (grain grain_t not null, level level_t not null, "set" set_t not null, tally tally_t not null);
comment on table policy is 'Which dimension sets exist at which level and grain, for which tally. A set is its dimensions in alphabetical order, joined by +; none is the empty text.';

create table cell (
  "set" set_t not null, grain grain_t not null, level level_t not null, area area_t not null, period_end date not null,
  a category_t, b category_t, c category_t, tally tally_t not null, value integer
);
comment on table cell is 'Protected tallies. a, b and c are the categories of the set’s dimensions in the order of its name. Value null: withheld. No row: withheld where the table `withheld` says so, and 0 elsewhere, but for a nation that sent no snapshot of a day, where nothing is known; of such a day a cell of the United Kingdom is without it and is no figure.';

create table withheld (
  "set" set_t not null, grain grain_t not null, level level_t not null, area area_t not null, period_end date not null,
  a category_t, b category_t, c category_t, tally tally_t not null
);
comment on table withheld is 'What is withheld of the cells because it would say of a group that all in it are alike. A category of the set that is null stands for every one: a row with a null is the whole row of a table along that dimension. Nothing is said of whether anybody is in it. A cell that is absent and lies in no row of this list is 0.';

create table published_feed (feed varchar not null, title varchar not null, publisher varchar not null, licence varchar not null, url varchar, note varchar);
comment on table published_feed is 'Official publications whose figures this release carries as they are.';

create table published_cell (
  feed feed_t not null, "set" set_t not null, grain grain_t not null, level level_t not null, area area_t not null, period_end date not null,
  a category_t, b category_t, c category_t, tally tally_t not null, value double
);
comment on table published_cell is 'Official figures as published; never mixed with protected cells in one number. Value null: withheld by the publisher. No row: not published.';

create table published_period (feed feed_t not null, grain grain_t not null, period_end date not null, period_start date, label varchar not null, complete boolean not null);
comment on table published_period is 'Periods of each publication; a part-year is not complete and is never compared with a full one.';

create table quality (section varchar not null, item varchar not null, area varchar, period_end date, value double, unit varchar, alert boolean, note varchar);
comment on table quality is 'How good the data of this release is: coverage, unknown shares, rejects, miscoding, overrides, residuals, staleness. unit is what the value counts, alert what somebody should look into. Nothing here counts people of one organisation.';

create table change (kind varchar not null, subject varchar not null, detail varchar not null);
comment on table change is 'What changed against the release before.';
