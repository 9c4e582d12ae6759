-- The views that balance publishes for the other features and for `facts`. Every view is `security_invoker`: the policies of its
-- tables go through it.

-- For the counts of the home page: the state of each balance.
create view balance_standings with (security_invoker = true) as
select county_id, period_id, standard_key, verdict, provisional from balance_runs where current;

-- The results of the current run of each standard for a county, by level: 差异系数 and mean of each indicator, the composite, the
-- verdict. Keys: balance.<standard>.<level>.verdict, .composite, .<indicator>.cv, .<indicator>.mean; and
-- balance.<standard>.verdict over both levels.
create view balance_facts with (security_invoker = true) as
select
  run.county_id as place_id,
  'unit'::text as subject_type,
  run.county_id as subject_id,
  'balance.' || run.standard_key || '.' || figure.key as key,
  run.period_id,
  figure.value,
  'balance'::text as source,
  jsonb_build_object(
    'runId', run.id, 'inputsHash', run.inputs_hash, 'standard', run.standard_key, 'revision', run.standard_revision,
    'formulaVersion', run.formula_version, 'provisional', run.provisional, 'runAt', run.run_at
  ) as certificate
from balance_runs run, lateral (
  select 'verdict' as key, to_jsonb(run.verdict) as value
  union all
  select level.key || '.' || named.key, named.value
    from jsonb_each(run.summary -> 'levels') level,
         lateral (values ('verdict', level.value -> 'verdict'), ('composite', level.value -> 'compositeCv')) named (key, value)
  union all
  select level.key || '.' || (indicator ->> 'key') || '.' || named.key, named.value
    from jsonb_each(run.summary -> 'levels') level, jsonb_array_elements(level.value -> 'indicators') indicator,
         lateral (values ('cv', indicator -> 'cv'), ('mean', indicator -> 'mean')) named (key, value)
) figure
where run.current and figure.value <> 'null'::jsonb;

grant select on balance_standings, balance_facts to dudao_app;
