-- Dissimilarity index of two distributions over the same units: half the sum of |a / A - b / B|, 0 (alike) to 1 (apart).
-- Biased upwards for small groups: read it beside dissimilarityReference (seeded permutations, sql/src/statistics). NULL when a sum is 0 or a count is not known.
-- Source: Duncan and Duncan 1955 https://doi.org/10.2307/2088328
-- Example: select dissimilarity([10, 20, 30], [30, 20, 10]);  -- 0.3333333333

create or replace macro dissimilarity(a, b) as
  case when list_count(a) = len(a) and list_count(b) = len(b) and len(a) = len(b) then
    list_sum(list_transform(list_zip(a, b), lambda _pair:
      abs(_pair[1]::double / nullif(list_sum(a)::double, 0) - _pair[2]::double / nullif(list_sum(b)::double, 0)))) / 2 end;

comment on macro dissimilarity is 'Dissimilarity index of two lists of counts over the same units';
