-- Gini coefficient of a list of amounts, 0 (equal) to 1 - 1/n (one holds all). NULL when the sum is 0.
-- Source: G = sum((2 i - n - 1) x_i) / (n sum x), x ascending; Dixon et al. 1987 https://doi.org/10.2307/1938512
-- Example: select gini([1, 2, 3, 4, 5]);  -- 0.2666666667

create or replace macro gini(amounts) as
  list_sum(list_transform(
    list_sort(list_filter(amounts, lambda _x: _x is not null)),
    lambda _x, _i: (2 * _i - len(list_filter(amounts, lambda _y: _y is not null)) - 1) * _x::double))
  / nullif(len(list_filter(amounts, lambda _x: _x is not null)) * list_sum(amounts)::double, 0);

comment on macro gini is 'Gini coefficient of a list of amounts';
