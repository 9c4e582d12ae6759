-- The views that balance publishes for the other features and for `facts`. Every view is `security_invoker`: the policies of its
-- tables go through it.

-- For the lines of the home page: the state of each balance, and the run that is shown.
create view balance_standings with (security_invoker = true) as
select county_id, period_id, standard_key, verdict, provisional, id as run_id from balance_runs where current;

-- The results of the current run of each standard for a county, by level: 差异系数 and mean of each indicator, the composite, the
-- verdict. Keys: balance.<standard>.<level>.verdict, .composite, .<indicator>.cv, .<indicator>.mean; and
-- balance.<standard>.verdict over both levels. What is judged against a limit comes with it too, so that whoever reads it decides
-- as the run did: .judgedComposite and .<short name>.judgedCv are {value, limit, pass}. Shares are counts, so that they stay
-- exact: .compliance is {judged, passed} of its schools, .<short name>.reached is {schools, reached}, .cvPassed is
-- {judged, passed} of its indicators. Formulas name an indicator by its short name, as the standard of the run has it. Of a school: .<level>.reached, the indicators whose threshold it reaches.
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
         lateral (values
           ('verdict', level.value -> 'verdict'),
           ('composite', level.value -> 'compositeCv'),
           ('judgedComposite', case when jsonb_typeof(level.value -> 'compositeCv') = 'number' then jsonb_build_object(
             'value', level.value -> 'compositeCv', 'limit', level.value -> 'compositeLimit',
             'pass', level.value -> 'compositePass') else 'null'::jsonb end),
           ('compliance', case when jsonb_typeof(level.value -> 'compliance') = 'object' then jsonb_build_object(
             'judged', level.value -> 'compliance' -> 'judged', 'passed', level.value -> 'compliance' -> 'passed')
             else 'null'::jsonb end),
           ('cvPassed', jsonb_build_object(
             'judged', jsonb_array_length(jsonb_path_query_array(level.value, '$.indicators[*] ? (@.pass != null)')),
             'passed', jsonb_array_length(jsonb_path_query_array(level.value, '$.indicators[*] ? (@.pass == true)'))))
         ) named (key, value)
  union all
  select level.key || '.' || (indicator ->> 'key') || '.' || named.key, named.value
    from jsonb_each(run.summary -> 'levels') level, jsonb_array_elements(level.value -> 'indicators') indicator,
         lateral (values ('cv', indicator -> 'cv'), ('mean', indicator -> 'mean')) named (key, value)
  union all
  select level.key || '.' || (indicator ->> 'shortName') || '.' || named.key, named.value
    from jsonb_each(run.summary -> 'levels') level, jsonb_array_elements(level.value -> 'indicators') indicator,
         lateral (values
           ('judgedCv', case when jsonb_typeof(indicator -> 'cv') = 'number' then jsonb_build_object(
             'value', indicator -> 'cv', 'limit', indicator -> 'limit', 'pass', indicator -> 'pass')
             else 'null'::jsonb end),
           ('reached', case when jsonb_typeof(indicator -> 'belowThreshold') = 'number' then jsonb_build_object(
             'schools', indicator -> 'schools',
             'reached', (indicator ->> 'schools')::int - (indicator ->> 'belowThreshold')::int)
             else 'null'::jsonb end)
         ) named (key, value)
) figure
where run.current and figure.value <> 'null'::jsonb
union all
select
  run.county_id, 'school', own.school_id, 'balance.' || run.standard_key || '.' || own.level || '.reached', run.period_id,
  own.content -> 'met', 'balance',
  jsonb_build_object(
    'runId', run.id, 'inputsHash', run.inputs_hash, 'standard', run.standard_key, 'revision', run.standard_revision,
    'formulaVersion', run.formula_version, 'provisional', run.provisional, 'runAt', run.run_at
  )
from balance_runs run
join balance_run_schools own on own.county_id = run.county_id and own.run_id = run.id
where run.current and jsonb_typeof(own.content -> 'met') = 'number';

-- The figures of every run, by level: 差异系数 of each indicator with its limit, and the composite. For who sets them beside
-- the figures of others, or judges them by rules of its own.
create view balance_run_figures with (security_invoker = true) as
select run.county_id, run.id as run_id, run.period_id, run.standard_key, run.standard_revision, run.formula_version,
       run.inputs_hash, run.provisional, run.current, run.run_at, standard.name as standard_name, level.key as level,
       (level.value ->> 'schools')::int as schools, figure.indicator, figure.name, figure.cv, figure.cv_limit,
       figure.position
  from balance_runs run
  join balance_standards standard
    on standard.key = run.standard_key and standard.revision = run.standard_revision,
       lateral jsonb_each(run.summary -> 'levels') level,
       lateral (
         select 'composite' as indicator, '综合差异系数' as name, (level.value ->> 'compositeCv')::float8 as cv,
                (level.value ->> 'compositeLimit')::float8 as cv_limit, 0 as position
         union all
         select one.value ->> 'key', one.value ->> 'name', (one.value ->> 'cv')::float8, (one.value ->> 'limit')::float8,
                one.position::int
           from jsonb_array_elements(level.value -> 'indicators') with ordinality one (value, position)
       ) figure;

comment on column balance_run_figures.county_id is '@notNull';
comment on column balance_run_figures.run_id is '@notNull';
comment on column balance_run_figures.period_id is '@notNull';
comment on column balance_run_figures.level is '@notNull @type ''primary'' | ''junior''';
comment on column balance_run_figures.indicator is '@notNull';
comment on column balance_run_figures.name is '@notNull';
comment on column balance_run_figures.position is '@notNull';

-- The schools of every run, in or out, with their values: who may read the names follows from the row policy.
create view balance_run_members with (security_invoker = true) as
select county_id, run_id, level, school_id, code, name, excluded_reason,
       (content ->> 'pupils')::float8 as pupils, content -> 'values' as values
  from balance_run_schools;

-- The indicators of the newest revision of each standard, in their order.
create view balance_indicators with (security_invoker = true) as
select standard.key as standard_key, standard.name as standard_name, one.value ->> 'key' as indicator,
       one.value ->> 'name' as name, one.position::int as position
  from (select distinct on (key) key, name, definition from balance_standards order by key, revision desc) standard,
       lateral jsonb_array_elements(standard.definition -> 'indicators') with ordinality one (value, position);

comment on column balance_indicators.indicator is '@notNull';
comment on column balance_indicators.name is '@notNull';
comment on column balance_indicators.position is '@notNull';

grant select on balance_standings, balance_facts, balance_run_figures, balance_run_members, balance_indicators to dudao_app;
