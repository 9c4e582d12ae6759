-- The views that evaluations publish. Every view is `security_invoker`: the policies of its tables go through it. The functions of
-- evaluations lie beside this file, in `evaluations/`.

-- Where each evaluation stands, for the campaign that opened it. A page of a list asks the counts of its own rows alone. Which
-- step is late says the reader, who knows the day.
create view evaluation_standings with (security_invoker = true) as
select e.place_id, e.id as evaluation_id, e.campaign_place_id, e.campaign_id, e.kind, e.decision_year,
       case when e.state = 'open' then e.step else e.state end as step, e.unit_id, e.school_id, e.subject_name, e.search,
       e.opened_at, e.released_at, e.decided_on, e.total, e.conclusion,
       -- Of leaves that nobody has answered nothing is known: a sum of the others would pass for a low total.
       case when own.still_between is null then own.total end as self_total, own.still_between as self_between,
       (select s.to_day from evaluation_steps s
         where s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step and e.state = 'open') as due_on,
       (select count(*)::int from evaluation_leaves l where l.place_id = e.place_id and l.evaluation_id = e.id) as leaves,
       (select count(*)::int from evaluation_leaves l
         where l.place_id = e.place_id and l.evaluation_id = e.id
           and coalesce(l.filled, l.answered_at is not null or l.applies is false)
           -- What was sent back is open until it is handed in again.
           and not (e.returned is not null
             and (jsonb_typeof(e.returned -> 'codes') <> 'array' or e.returned -> 'codes' ? l.code)
             and not exists (
               select 1 from evaluation_handins h
                where h.place_id = e.place_id and h.evaluation_id = e.id and h.round > (e.returned ->> 'round')::int
                  and h.taken_back_at is null))) as answered,
       e.returned is not null and not exists (
         select 1 from evaluation_handins h
          where h.place_id = e.place_id and h.evaluation_id = e.id and h.round > (e.returned ->> 'round')::int
            and h.taken_back_at is null
       ) as returned,
       -- Acts of the hand-in count too, which the subject does without changing the row (`evaluation.store.ts`).
       e.revision + coalesce((
         select sum(1 + (h.confirmed_at is not null)::int + (h.taken_back_at is not null)::int)
           from evaluation_handins h where h.place_id = e.place_id and h.evaluation_id = e.id), 0)::int as revision,
       jsonb_array_length(e.generated) as generated
  from evaluations e
  left join evaluation_totals own on own.place_id = e.place_id and own.evaluation_id = e.id and own.layer = 'self';

comment on column evaluation_standings.place_id is '@notNull';
comment on column evaluation_standings.evaluation_id is '@notNull';
comment on column evaluation_standings.campaign_place_id is '@notNull';
comment on column evaluation_standings.campaign_id is '@notNull';
comment on column evaluation_standings.kind is '@notNull @type ''county-inspection'' | ''school-evaluation''';
comment on column evaluation_standings.decision_year is '@notNull';
comment on column evaluation_standings.step is '@notNull';
comment on column evaluation_standings.unit_id is '@notNull';
comment on column evaluation_standings.subject_name is '@notNull';
comment on column evaluation_standings.search is '@notNull';
comment on column evaluation_standings.opened_at is '@notNull';
comment on column evaluation_standings.self_between is '@type { readonly from: string; readonly to: string } | null';
comment on column evaluation_standings.leaves is '@notNull';
comment on column evaluation_standings.answered is '@notNull';
comment on column evaluation_standings.returned is '@notNull';
comment on column evaluation_standings.revision is '@notNull';

-- The days of each step of an evaluation, and when it was done.
create view evaluation_step_days with (security_invoker = true) as
select place_id, evaluation_id, step, position, from_day, to_day, done_on, extended_reason is not null as extended
  from evaluation_steps;

comment on column evaluation_step_days.place_id is '@notNull';
comment on column evaluation_step_days.evaluation_id is '@notNull';
comment on column evaluation_step_days.step is '@notNull';
comment on column evaluation_step_days.position is '@notNull';
comment on column evaluation_step_days.extended is '@notNull';

-- The points of each leaf by layer, as the reader may see them, for sums over the branches of a tree.
create view evaluation_leaf_points with (security_invoker = true) as
select place_id, evaluation_id, subject_place_id, code, layer, points, voided_at is null as standing
  from evaluation_points;

comment on column evaluation_leaf_points.place_id is '@notNull';
comment on column evaluation_leaf_points.evaluation_id is '@notNull';
comment on column evaluation_leaf_points.subject_place_id is '@notNull';
comment on column evaluation_leaf_points.code is '@notNull';
comment on column evaluation_leaf_points.layer is '@notNull @type ''self'' | ''county'' | ''city''';
comment on column evaluation_leaf_points.standing is '@notNull';

-- The leaves that do not apply to a subject: by its facts in every layer, or as one layer settled it.
create view evaluation_leaves_out with (security_invoker = true) as
select place_id, evaluation_id, code, null::text as layer from evaluation_leaves where applies is false
union all
select place_id, evaluation_id, code, layer from evaluation_points
 where voided_at is null and answer -> 'given' ? 'notApplicable';

comment on column evaluation_leaves_out.place_id is '@notNull';
comment on column evaluation_leaves_out.evaluation_id is '@notNull';
comment on column evaluation_leaves_out.code is '@notNull';
comment on column evaluation_leaves_out.layer is '@type ''self'' | ''county'' | ''city''';

-- How much each person has judged in a campaign. Scores that are hidden from the reader are not counted.
create view evaluation_given_scores with (security_invoker = true) as
select s.place_id, s.campaign_id, s.person_id, count(*)::int as given
  from evaluation_scores s
 where s.seat_id is not null and s.replaced_at is null and s.voided_at is null
 group by s.place_id, s.campaign_id, s.person_id;

comment on column evaluation_given_scores.place_id is '@notNull';
comment on column evaluation_given_scores.campaign_id is '@notNull';
comment on column evaluation_given_scores.person_id is '@notNull';
comment on column evaluation_given_scores.given is '@notNull';

-- The rounds that were decided, each with the edition by which it was judged and what it came to: for whoever tries another edition by
-- what was said then.
create view evaluation_rounds with (security_invoker = true) as
select e.place_id, e.id as evaluation_id, e.title, e.unit_id, e.school_id, e.subject_name, e.search, e.assessment_year,
       e.framework_key, e.framework_revision, e.decided_on, e.total, e.conclusion,
       case when own.still_between is null then own.total end as self_total
  from evaluations e
  left join evaluation_totals own on own.place_id = e.place_id and own.evaluation_id = e.id and own.layer = 'self'
 where e.decided_on is not null and e.state <> 'cancelled';

comment on column evaluation_rounds.place_id is '@notNull';
comment on column evaluation_rounds.evaluation_id is '@notNull';
comment on column evaluation_rounds.title is '@notNull';
comment on column evaluation_rounds.unit_id is '@notNull';
comment on column evaluation_rounds.subject_name is '@notNull';
comment on column evaluation_rounds.search is '@notNull';
comment on column evaluation_rounds.assessment_year is '@notNull';
comment on column evaluation_rounds.framework_key is '@notNull';
comment on column evaluation_rounds.framework_revision is '@notNull';
comment on column evaluation_rounds.decided_on is '@notNull';

-- What stands at each leaf of a round: what its subject has said, and what the city has released to it.
create view evaluation_kept_leaves with (security_invoker = true) as
select p.place_id, p.evaluation_id, p.code, 'self'::text as layer, p.points, p.answer -> 'given' as answer
  from evaluation_points p
 where p.layer = 'self' and p.voided_at is null
union all
select r.place_id, r.evaluation_id, r.code, 'city', r.points, r.answer -> 'given' from evaluation_releases r;

comment on column evaluation_kept_leaves.place_id is '@notNull';
comment on column evaluation_kept_leaves.evaluation_id is '@notNull';
comment on column evaluation_kept_leaves.code is '@notNull';
comment on column evaluation_kept_leaves.layer is '@notNull @type ''self'' | ''city''';
comment on column evaluation_kept_leaves.answer is '@type unknown';

-- Facts of evaluations: what the newest confirmed round of an edition came to in its assessed calendar year, under the names by which
-- formulas and rules ask for it (`domain/framework/score/earlier-fact.ts`). An open round is no fact, so that no result reads itself.
-- Of a unit or a school; the certificate names the evaluation.
create view evaluation_facts with (security_invoker = true) as
select distinct on (subject_type, subject_id, fact.key, p.id)
       e.place_id, case when e.school_id is null then 'unit' else 'school' end as subject_type,
       coalesce(e.school_id, e.unit_id) as subject_id, fact.key, p.id as period_id, fact.value, 'evaluations'::text as source,
       jsonb_build_object(
         'evaluationId', e.id, 'campaignId', e.campaign_id, 'edition', e.framework_key || '/' || e.framework_revision,
         'hash', e.framework_hash, 'decidedOn', e.decided_on
       ) as certificate
  from evaluations e
  join periods p on p.kind = 'calendar-year' and p.year = e.assessment_year,
       lateral (values
         ('evaluation.' || e.framework_key || '.total', to_jsonb(e.total)),
         ('evaluation.' || e.framework_key || '.grade', coalesce(nullif(e.results -> 'grade', 'null'), to_jsonb(e.conclusion))),
         ('evaluation.' || e.framework_key || '.rate', nullif(e.results -> 'rate', 'null')),
         ('evaluation.' || e.framework_key || '.rates', e.results -> 'rates')
       ) fact (key, value)
 where e.decided_on is not null and e.state <> 'cancelled' and e.step in ('rectification', 'closed') and fact.value is not null
 order by subject_type, subject_id, fact.key, p.id, e.decided_on desc, e.id desc;

comment on column evaluation_facts.place_id is '@notNull';
comment on column evaluation_facts.subject_id is '@notNull';
comment on column evaluation_facts.period_id is '@notNull';
comment on column evaluation_facts.value is '@notNull';

grant select on evaluation_standings, evaluation_step_days, evaluation_leaf_points, evaluation_leaves_out,
  evaluation_given_scores, evaluation_rounds, evaluation_kept_leaves, evaluation_facts to dudao_app;
