-- One integer per person: eight incompressible bytes a row become four, and no pseudonym goes further than this table.
create or replace table person as
select (row_number() over (order by person_id))::integer as person, person_id
from (select person_id from workforce union select person_id from training union select person_id from retention);
