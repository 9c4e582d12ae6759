-- Facts: what is known of a school or a unit in a period, from whatever feature, with the certificate by which it can be
-- proved. Formulas of frameworks, rules and reports read this view and know no feature. A feature joins it by a view with
-- these columns and one line at the end of this file:
--   place_id, subject_type (school or unit), subject_id, key, period_id, value, source, certificate
-- What is missing is no fact: it has no row, and never one with zero or null.
--
-- Whoever reads names subjects and period. A view is expanded row by row: with a subject only its own filing is opened,
-- without one those of every school in reach.

-- Approved figures of the yearly record, by the names of its catalogue: resources.小学在校生数.
create view filing_facts with (security_invoker = true) as
select
  filing.county_id as place_id,
  'school'::text as subject_type,
  filing.school_id as subject_id,
  'resources.' || field.key as key,
  filing.period_id,
  field.value,
  'filing'::text as source,
  jsonb_build_object('filingId', filing.filing_id, 'approvedAt', filing.approved_at) as certificate
from approved_filing_values filing, jsonb_each(filing.values) field
where field.value <> 'null'::jsonb;

-- What the current run of each standard says of a county, by level: 差异系数 and mean of each indicator, the composite, the
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

-- What somebody entered with the document it rests on, told under the source `entered` whatever the row calls its own, so
-- that no figure passes for one that a feature proves. The newest row that is not ended: a school that moved can have one
-- in each of its counties, and one fact has one value.
create view entered_figures with (security_invoker = true) as
select distinct on (subject_type, subject_id, key, period_id)
  place_id, subject_type, subject_id, key, period_id, value, 'entered'::text as source,
  jsonb_build_object(
    'factId', id, 'source', source, 'document', document, 'enteredBy', entered_by_name, 'enteredAt', entered_at
  ) as certificate
from entered_facts
where replaced_at is null
order by subject_type, subject_id, key, period_id, entered_at desc, id desc;

create view facts with (security_invoker = true) as
select * from filing_facts
union all select * from balance_facts
union all select * from entered_figures where value <> 'null'::jsonb;

comment on column facts.place_id is '@notNull';
comment on column facts.subject_type is '@notNull @type ''school'' | ''unit''';
comment on column facts.subject_id is '@notNull';
comment on column facts.key is '@notNull';
comment on column facts.period_id is '@notNull';
comment on column facts.value is '@notNull';
comment on column facts.source is '@notNull';
comment on column facts.certificate is '@notNull @type Record<string, unknown>';

grant select on filing_facts, balance_facts, entered_figures, facts to dudao_app;
