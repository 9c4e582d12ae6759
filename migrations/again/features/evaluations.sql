-- The views that evaluations publish, and functions of theirs that have changed. Every view is `security_invoker`: the policies of its
-- tables go through it. A function that stands in a migration is replaced under its own name: what it may is granted there.

-- Where each evaluation stands, for the campaign that opened it. A page of a list asks the counts of its own rows alone. Which
-- step is late says the reader, who knows the day.
create view evaluation_standings with (security_invoker = true) as
select e.place_id, e.id as evaluation_id, e.campaign_place_id, e.campaign_id, e.kind, e.decision_year,
       case when e.state = 'open' then e.step else e.state end as step, e.unit_id, e.school_id, e.subject_name, e.search,
       e.opened_at, e.released_at, e.decided_on, e.total, e.conclusion,
       -- Of leaves that nobody has answered nothing is known: a sum of the others would pass for a low total.
       case when own.still_between is null then own.total end as self_total,
       (select s.to_day from evaluation_steps s
         where s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step and e.state = 'open') as due_on,
       (select count(*)::int from evaluation_leaves l where l.place_id = e.place_id and l.evaluation_id = e.id) as leaves,
       (select count(*)::int from evaluation_leaves l
         where l.place_id = e.place_id and l.evaluation_id = e.id
           and (l.answered_at is not null or l.applies is false)) as answered,
       e.returned is not null and not exists (
         select 1 from evaluation_handins h
          where h.place_id = e.place_id and h.evaluation_id = e.id and h.round > (e.returned ->> 'round')::int
            and h.taken_back_at is null
       ) as returned,
       e.revision
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
  evaluation_given_scores, evaluation_facts to dudao_app;

-- Puts down what a layer says of a leaf, which the program has computed from scores that are all open to the person, or a talk has
-- found. `owing`: somebody owes a blind score and there was no talk; `changed`: another has put it down meanwhile, or the leaf is
-- another one, and the person reads it again.
create or replace function settle_leaf(
  place integer, evaluation uuid, of_code text, of_layer text, seat uuid, how text, given_answer jsonb, given_points text,
  why text, said text, read_leaf integer, read_points integer, by_name text, moment timestamptz
) returns table (outcome text, counted integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := own_person();
  judged evaluations;
  leaf evaluation_leaves;
  standing evaluation_points;
  lies integer;
  within boolean;
  owed uuid[];
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation for share;
  if not found or of_layer not in ('county', 'city') then
    raise exception 'an evaluation out of reach' using errcode = 'insufficient_privilege';
  end if;
  lies := case when of_layer = 'city' then judged.campaign_place_id else place end;
  within := coalesce(in_place(lies, null), false);
  if not within and not exists (
    select 1 from evaluation_reviewers r
     where r.place_id = lies and r.evaluation_id = evaluation and r.seat_id = seat and r.person_id = me and r.ended_on is null
       and in_campaign(r.seat_id)
  ) then
    raise exception 'a layer out of reach' using errcode = 'insufficient_privilege';
  end if;
  -- A talk puts down what an accepted statement asks for, too; nothing else is put down after the last step that judges.
  if judged.state <> 'open' or (of_layer = 'county') <> (judged.step = 'countyReview')
     or of_layer = 'city' and judged.step not in ('materialReview', 'siteVisit', 'preliminaryOpinion', 'statement') then
    return query select 'closed', judged.revision;
    return;
  end if;
  select l.* into leaf from evaluation_leaves l
   where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code for update;
  if leaf.code is null or not within and in_seats(leaf.seats) is not true then
    raise exception 'a leaf out of reach' using errcode = 'insufficient_privilege';
  end if;
  select p.* into standing from evaluation_points p
   where p.place_id = lies and p.evaluation_id = evaluation and p.code = of_code and p.layer = of_layer;
  -- Without a version: the transaction has given the last score and holds the leaf, so nobody was in between.
  if leaf.version <> read_leaf or read_points is not null and coalesce(standing.version, 0) <> read_points then
    return query select 'changed', coalesce(standing.version, 0);
    return;
  end if;
  owed := case when coalesce((judged.rules ->> 'blind')::boolean, false)
                 or coalesce((judged.rules ->> 'reviewersPerLeaf')::integer, 1) > 1
               then owing_at(lies, evaluation, of_code, leaf.nodes, of_layer, moment) else '{}' end;
  if how = 'talk' then
    update evaluation_talks t
       set points = given_points, answer = given_answer, minutes = said, settled_by_name = by_name, settled_at = moment
     where t.place_id = lies and t.evaluation_id = evaluation and t.code = of_code and t.layer = of_layer
       and t.leaf_version = leaf.version;
    if not found then
      return query select 'changed', coalesce(standing.version, 0);
      return;
    end if;
    owed := '{}';
  elsif cardinality(owed) > 0 then
    return query select 'owing', cardinality(owed);
    return;
  end if;
  if of_layer = 'county' then
    owed := array_remove(kept_from_judges(judged, of_code, leaf.nodes, moment), me);
  end if;
  return query
  insert into evaluation_points as p (place_id, evaluation_id, code, layer, subject_place_id, seats, hidden_from, answer, points,
    reason, settled, leaf_version, version, written_by_name, written_at)
  values (lies, evaluation, of_code, of_layer, place, leaf.seats, owed, given_answer, given_points, why, how, leaf.version, 1,
    by_name, moment)
  on conflict (place_id, evaluation_id, code, layer) do update
     set seats = excluded.seats, hidden_from = excluded.hidden_from, answer = excluded.answer, points = excluded.points,
         reason = excluded.reason, settled = excluded.settled, leaf_version = excluded.leaf_version, voided_at = null,
         version = p.version + 1, written_by_name = excluded.written_by_name, written_at = excluded.written_at
  returning 'settled', p.version;
end
$$;

-- Releases the opinion: copies what the city says of each leaf to the subject, with total, conclusion, comments and findings as they
-- stand at the city. Run again after a statement was accepted, or the result was confirmed, it brings the copy up to date. The act counts
-- the revision of the evaluation. Nothing is released while somebody owes a blind score or a judgement is void. Says which leaves.
create or replace function release_results(place integer, evaluation uuid, due date, moment timestamptz) returns setof text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
  said evaluation_opinions;
  found jsonb;
  lies integer;
begin
  select e.* into judged from evaluations e
   where e.place_id = place and e.id = evaluation and e.state = 'open' for no key update;
  lies := judged.campaign_place_id;
  if judged.id is null or in_place(lies, null) is not true then
    raise exception 'an evaluation out of reach' using errcode = 'insufficient_privilege';
  end if;
  select o.* into said from evaluation_opinions o where o.place_id = lies and o.evaluation_id = evaluation for update;
  -- An edition without points is released by its conclusion; the act that releases writes the certificate of either.
  if said.evaluation_id is null or said.certificate is null or exists (
    select 1 from evaluation_points p
     where p.place_id = lies and p.evaluation_id = evaluation and p.layer = 'city'
       and (p.voided_at is not null or p.hidden_from <> '{}')
  ) then
    raise exception 'an opinion that is not ready' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'code', f.code, 'kind', f.kind, 'title', f.title, 'body', f.body,
           'dutyType', f.duty_type, 'dutyId', f.duty_id, 'dueOn', f.due_on) order by f.entered_at, f.id), '[]') into found
    from evaluation_findings f
   where f.place_id = lies and f.evaluation_id = evaluation and f.dropped_at is null;
  update evaluations e
     set total = said.total, conclusion = said.conclusion, released_at = moment, statement_due = due, updated_at = moment,
         opinion = (select to_jsonb(one) from (select said.comments, found as findings) one), results = said.certificate -> 'results'
   where e.place_id = place and e.id = evaluation;
  update evaluation_totals t set hidden_from = '{}' where t.place_id in (place, lies) and t.evaluation_id = evaluation;
  return query
  insert into evaluation_releases as r (place_id, evaluation_id, code, school_id, points, answer, reason, released_at)
  select place, p.evaluation_id, p.code, judged.school_id, p.points, p.answer, p.reason, moment from evaluation_points p
   where p.place_id = lies and p.evaluation_id = evaluation and p.layer = 'city'
  on conflict (place_id, evaluation_id, code) do update
     set points = excluded.points, answer = excluded.answer, reason = excluded.reason, released_at = excluded.released_at
  returning r.code;
end
$$;

-- As before, and for a job of the office too: where the last who owed a score has left and the scores lie too far apart, nobody
-- gives a score any more with which the talk would open. A job opens nothing to somebody who still owes.
create or replace function open_scores(
  place integer, evaluation uuid, of_code text, of_layer text, seat uuid, difference text, by_name text, moment timestamptz
) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := own_person();
  judged evaluations;
  leaf evaluation_leaves;
  lies integer;
  within boolean;
  owed uuid[];
  kept_from uuid[] := '{}';
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation and e.state = 'open' for share;
  lies := case when of_layer = 'city' then judged.campaign_place_id else place end;
  within := coalesce(in_place(lies, null), false);
  if judged.id is null or of_layer not in ('county', 'city') then
    raise exception 'a talk out of reach' using errcode = 'insufficient_privilege';
  end if;
  select l.* into leaf from evaluation_leaves l
   where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code for update;
  owed := owing_at(lies, evaluation, of_code, leaf.nodes, of_layer, moment);
  if me is null and (not within or cardinality(owed) > 0) then
    raise exception 'a talk out of reach' using errcode = 'insufficient_privilege';
  end if;
  if not within and not exists (
    select 1 from evaluation_reviewers r
     where r.place_id = lies and r.evaluation_id = evaluation and r.seat_id = seat and r.person_id = me
       and r.ended_on is null and in_campaign(r.seat_id)
       and (r.part = 'leader' or cardinality(owed) = 0 and r.scores and (r.nodes @> '{*}' or r.nodes && leaf.nodes)))
  then
    raise exception 'a talk out of reach' using errcode = 'insufficient_privilege';
  end if;
  if leaf.code is null or coalesce((judged.rules ->> 'blind')::boolean, false) and me = any (owed) then
    raise exception 'whoever opens the scores has given the own one' using errcode = 'insufficient_privilege';
  end if;
  -- A talk of the county opens nothing to the city's judges who owe.
  if of_layer = 'county' then
    kept_from := kept_from_judges(judged, of_code, leaf.nodes, moment);
  end if;
  insert into evaluation_talks (place_id, evaluation_id, code, layer, leaf_version, subject_place_id, seats, hidden_from, spread,
    opened_by_name, opened_at)
  values (lies, evaluation, of_code, of_layer, leaf.version, place, leaf.seats, kept_from, difference, by_name, moment)
  on conflict (place_id, evaluation_id, code, layer, leaf_version) do nothing;
  if not found then
    return false;
  end if;
  update evaluation_scores s set hidden_from = array_remove(kept_from, s.person_id)
   where s.place_id in (place, lies) and s.evaluation_id = evaluation and s.code = of_code and s.hidden_from <> '{}';
  update evaluation_points p set hidden_from = kept_from
   where p.place_id in (place, lies) and p.evaluation_id = evaluation and p.code = of_code and p.hidden_from <> '{}';
  update evaluation_remarks m set hidden_from = array_remove(kept_from, m.person_id)
   where m.place_id in (place, lies) and m.evaluation_id = evaluation and m.code = of_code and m.hidden_from <> '{}';
  return true;
end
$$;

