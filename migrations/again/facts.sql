-- Facts: what is known of a school or a unit in a period, from whatever feature, with the certificate by which it can be
-- proved. Formulas of frameworks, rules and reports read this view and know no feature. A feature joins it by a view with
-- these columns in its own file, and by one line of the view `facts` below:
--   place_id, subject_type (school or unit), subject_id, key, period_id, value, source, certificate
-- A missing figure is no fact: it has no row, and never one with zero or null.
--
-- A reader names subjects and period. The view is expanded row by row: with a subject only the filing of that subject is
-- opened, without one those of every school in reach.

-- Figures that somebody entered with their document. Their source is always `entered`, whatever the row itself says, so
-- that no figure passes for one that a feature proves. The newest row that is not ended: a school that moved can have one
-- in each of its counties, and one fact has one value.
create view entered_figures with (security_invoker = true) as
select distinct on (subject_type, subject_id, key, period_id)
  place_id, subject_type, subject_id, key, period_id, value, 'entered'::text as source,
  jsonb_build_object(
    'factId', id, 'source', source, 'document', document, 'asOf', as_of, 'enteredBy', entered_by_name,
    'enteredAt', entered_at
  ) as certificate
from entered_facts
where replaced_at is null
order by subject_type, subject_id, key, period_id, entered_at desc, id desc;

create view facts with (security_invoker = true) as
select * from filing_facts
union all select * from balance_facts
union all select * from finding_facts
union all select * from tracking_facts
union all select * from evaluation_facts
union all select * from entered_figures where value <> 'null'::jsonb;

comment on column facts.place_id is '@notNull';
comment on column facts.subject_type is '@notNull @type ''school'' | ''unit''';
comment on column facts.subject_id is '@notNull';
comment on column facts.key is '@notNull';
comment on column facts.period_id is '@notNull';
comment on column facts.value is '@notNull';
comment on column facts.source is '@notNull';
comment on column facts.certificate is '@notNull @type Record<string, unknown>';

grant select on entered_figures, facts to dudao_app;

-- What came of what a feature raised. A feature gives a finding or the draft of a letter on by an occurrence and knows nobody
-- who takes it; it reads where it stands by these views, which know their features as `facts` does.
create view ledger_findings with (security_invoker = true) as
select place_id, finding_id, source_type, source_id, source_key, title, school_id, duty_type, managed_by, state, found_on,
       due_on, closed_on
from finding_standings;

-- The kinds under which a finding can be raised.
create view ledger_kinds with (security_invoker = true) as
select key, active from finding_kinds;

create view raised_letters with (security_invoker = true) as
select place_id, letter_id, subject_type, subject_id, title, state, number_text, issued_on
from letter_standings;

comment on column ledger_findings.place_id is '@notNull';
comment on column ledger_findings.finding_id is '@notNull';
comment on column ledger_findings.source_type is '@notNull';
comment on column ledger_findings.source_id is '@notNull';
comment on column ledger_findings.source_key is '@notNull';
comment on column ledger_findings.title is '@notNull';
comment on column ledger_findings.duty_type is '@notNull';
comment on column ledger_findings.managed_by is '@notNull';
comment on column ledger_findings.state is '@notNull';
comment on column ledger_findings.found_on is '@notNull';
comment on column ledger_kinds.key is '@notNull';
comment on column ledger_kinds.active is '@notNull';
comment on column raised_letters.place_id is '@notNull';
comment on column raised_letters.letter_id is '@notNull';
comment on column raised_letters.title is '@notNull';
comment on column raised_letters.state is '@notNull';

grant select on ledger_findings, ledger_kinds, raised_letters to dudao_app;

-- Rounds of evaluations that were decided, and what stands at each of their leaves, for whoever tries an edition by them.
create view earlier_rounds with (security_invoker = true) as
select place_id, evaluation_id, title, unit_id, school_id, subject_name, search, assessment_year, framework_key, framework_revision,
       decided_on, total, self_total, conclusion
from evaluation_rounds;

create view earlier_leaves with (security_invoker = true) as
select place_id, evaluation_id, code, layer, points, answer
from evaluation_kept_leaves;

comment on column earlier_rounds.place_id is '@notNull';
comment on column earlier_rounds.evaluation_id is '@notNull';
comment on column earlier_rounds.title is '@notNull';
comment on column earlier_rounds.unit_id is '@notNull';
comment on column earlier_rounds.subject_name is '@notNull';
comment on column earlier_rounds.search is '@notNull';
comment on column earlier_rounds.assessment_year is '@notNull';
comment on column earlier_rounds.framework_key is '@notNull';
comment on column earlier_rounds.framework_revision is '@notNull';
comment on column earlier_rounds.decided_on is '@notNull';
comment on column earlier_leaves.place_id is '@notNull';
comment on column earlier_leaves.evaluation_id is '@notNull';
comment on column earlier_leaves.code is '@notNull';
comment on column earlier_leaves.layer is '@notNull @type ''self'' | ''city''';
comment on column earlier_leaves.answer is '@type unknown';

grant select on earlier_rounds, earlier_leaves to dudao_app;
