-- Who owes a judgement of a leaf, and how one is given and settled. Scores and points are written by these functions of the owner
-- alone, under the lock of the leaf: they keep the lists of who may read a row and from whom it is hidden.

-- The person of the session; null for a job.
create or replace function own_person() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;

-- The day of a moment in China.
create or replace function day_of(moment timestamptz) returns date language sql stable parallel safe as $$
  select (moment at time zone 'Asia/Shanghai')::date
$$;

-- Keeps an evaluation where it is until the transaction ends, for whoever writes a part of it: whoever moves it on waits, and two
-- who write do not wait for each other. The subject may not lock the row itself, because it may not change it. Nobody who holds it
-- this way changes the row of the evaluation in the same transaction: two of them would wait for each other for ever.
create or replace function hold_evaluation(place integer, evaluation uuid)
returns table (at_step text, at_state text, opened_again jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  select e.step, e.state, e.returned from evaluations e
   where e.place_id = place and e.id = evaluation and (in_place(e.place_id, e.school_id) or in_seats(e.seats))
     for share;
end
$$;

-- Who owes a judgement of a leaf at a layer: whoever scores there and has none that stands. For the owner's functions alone, under
-- the lock of the leaf. Only a panel owes: the county judges by its posts. A seat whose last day is past owes nothing.
create or replace function owing_at(
  lies integer, evaluation uuid, of_code text, of_nodes text[], of_layer text, moment timestamptz
) returns uuid[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
  if of_layer <> 'city' then
    return '{}';
  end if;
  return (
    select coalesce(array_agg(distinct r.person_id), '{}') from evaluation_reviewers r
      left join evaluation_scores s on s.place_id = lies and s.evaluation_id = r.evaluation_id and s.code = of_code
       and s.layer = of_layer and s.person_id = r.person_id and s.replaced_at is null and s.voided_at is null
     where r.place_id = lies and r.evaluation_id = evaluation and r.scores and r.ended_on is null
       and coalesce(r.to_day >= (select day_of(moment)), true) and (r.nodes @> '{*}' or r.nodes && of_nodes) and s.id is null
  );
end
$$;

-- From whom the county's layer of a leaf is hidden where the city judges blind: it tells as much as the score of a colleague.
create or replace function kept_from_judges(judged evaluations, of_code text, of_nodes text[], moment timestamptz) returns uuid[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
  if not coalesce((judged.rules ->> 'blind')::boolean, false) then
    return '{}';
  end if;
  return owing_at(judged.campaign_place_id, judged.id, of_code, of_nodes, 'city', moment);
end
$$;

-- Whether the person of the transaction still owes a blind score of an evaluation that the city judges now. It looks as the owner,
-- because the rows that it asks are hidden from the very person. Nobody who acts for no person owes one.
create or replace function owes_blind(place integer, evaluation uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  me uuid := own_person();
begin
  return me is not null and exists (
    select 1 from evaluations e
      join evaluation_reviewers r on r.place_id = e.campaign_place_id and r.evaluation_id = e.id
      join evaluation_leaves l on l.place_id = e.place_id and l.evaluation_id = e.id
     where e.place_id = place and e.id = evaluation and e.state = 'open'
       and e.step in ('materialReview', 'siteVisit', 'preliminaryOpinion') and coalesce((e.rules ->> 'blind')::boolean, false)
       and r.person_id = me and r.scores and r.ended_on is null
       and coalesce(r.to_day >= (select day_of(now())), true)
       and l.applies is distinct from false and (r.nodes @> '{*}' or r.nodes && l.nodes)
       and not exists (
         select 1 from evaluation_scores s
          where s.place_id = e.campaign_place_id and s.evaluation_id = e.id and s.code = l.code and s.layer = 'city'
            and s.person_id = me and s.replaced_at is null and s.voided_at is null)
       -- Whoever comes after a leaf was settled or talked over owes nothing there: as `owe_scores` deals the lists.
       and not exists (
         select 1 from evaluation_points p
          where p.place_id = e.campaign_place_id and p.evaluation_id = e.id and p.code = l.code and p.layer = 'city'
            and p.voided_at is null)
       and not exists (
         select 1 from evaluation_talks t
          where t.place_id = e.campaign_place_id and t.evaluation_id = e.id and t.code = l.code and t.layer = 'city'
            and t.leaf_version = l.version)
  );
end
$$;

-- Writes what a layer says of a leaf, in the place of what it said before; returns its version. For the owner's functions alone, under
-- the lock of the leaf.
create or replace function put_points(
  lies integer, leaf evaluation_leaves, of_layer text, kept_from uuid[], given_answer jsonb, given_points text, why text, how text,
  by_name text, moment timestamptz
) returns integer
language plpgsql set search_path = public, pg_temp as $$
declare
  counted integer;
begin
  insert into evaluation_points as p (place_id, evaluation_id, code, layer, subject_place_id, seats, hidden_from, answer, points,
    reason, settled, leaf_version, version, written_by_name, written_at)
  values (lies, leaf.evaluation_id, leaf.code, of_layer, leaf.place_id, leaf.seats, kept_from, given_answer, given_points, why, how,
    leaf.version, 1, by_name, moment)
  on conflict (place_id, evaluation_id, code, layer) do update
     set seats = excluded.seats, hidden_from = excluded.hidden_from, answer = excluded.answer, points = excluded.points,
         reason = excluded.reason, settled = excluded.settled, leaf_version = excluded.leaf_version, voided_at = null,
         version = p.version + 1, written_by_name = excluded.written_by_name, written_at = excluded.written_at
  returning p.version into counted;
  return counted;
end
$$;

-- Writes one's own score of a leaf. Under the lock of the leaf it takes the person out of the lists of all that is said there, and
-- hides the new row from those who still owe theirs. Says what came of it:
--   given         written; `counted` is the version to name next time, `still_owing` how many others owe theirs
--   closed        the evaluation is over
--   leaf-changed  the leaf is not the one that the person has read; `counted` is its version
--   score-changed the person has another score there; `counted` is its version
--   blind         agreement with what is hidden from the person
--   sighted       a blind score is not changed after another was seen; the talk does that
--   settled       a talk has put the points down: only another talk changes them
-- Where one reviewer judges a leaf in the open, and in the county, a leaf has one score: whoever comes later names the version of
-- the one that stands, whosever it is, and puts the own in its place. Such a score says by `settled_as` and `settled_answer` what it
-- settles, and is put down with it; it travels with the commit, so what hinders it is raised (DS001) and not returned. Where a talk
-- was opened meanwhile, the leaf is not as the person read it. Of several scores, where nobody owes one any more, `standing` holds
-- those that stand, so that the layer is settled without another question.
-- Nobody gives a score for somebody else: the seat is that of the person, whose post a colleague may hold for other acts.
create or replace function give_score(
  place integer, evaluation uuid, of_code text, of_layer text, seat uuid, score uuid, given_answer jsonb, given_points text,
  why text, what_was_seen jsonb, agreeing boolean, read_leaf integer, read_score integer, by_name text, moment timestamptz,
  settled_as text default null, settled_answer jsonb default null
) returns table (outcome text, counted integer, still_owing integer, salted uuid, standing jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := own_person();
  judged record;
  leaf evaluation_leaves;
  around record;
  lies integer;
  within boolean;
  is_blind boolean;
  is_shared boolean;
  talked boolean;
  saw_others boolean;
  owed uuid[] := '{}';
  kept_from uuid[] := '{}';
begin
  -- The leaf behind its evaluation, as everybody locks them.
  select e.campaign_place_id, e.campaign_id, e.step, e.state, e.revision, l as read_row,
         coalesce((e.rules ->> 'blind')::boolean, false) as blind, coalesce((e.rules ->> 'reviewersPerLeaf')::integer, 1) as reviewers
    into judged
    from evaluations e join evaluation_leaves l on l.place_id = e.place_id and l.evaluation_id = e.id
   where e.place_id = place and e.id = evaluation and l.place_id = place and l.code = of_code
     for share of e for update of l;
  if not found or me is null or of_layer not in ('county', 'city') then
    raise exception 'a leaf out of reach' using errcode = 'insufficient_privilege';
  end if;
  leaf := judged.read_row;
  lies := case when of_layer = 'city' then judged.campaign_place_id else place end;
  is_blind := seat is not null and judged.blind;
  is_shared := seat is null or not is_blind and judged.reviewers = 1;

  -- What stands at the leaf, read after it was locked. Whoever has the place could read what was given before the own seat was.
  select r.seat_id, r.outside, r.nodes, s.id as own, coalesce(s.version, 0) as version, t.opened_at, t.settled_at,
         exists (
           select 1 from evaluation_scores o
            where o.place_id = lies and o.evaluation_id = evaluation and o.code = of_code and o.layer = of_layer and o.person_id <> me
              and o.replaced_at is null and o.voided_at is null
              and (me <> all (o.hidden_from) or not r.outside and o.given_at < r.seated_at)) as others
    into around
    from (select day_of(moment) as today) now
    left join evaluation_reviewers r
      on r.place_id = judged.campaign_place_id and r.evaluation_id = evaluation and r.seat_id = seat and r.person_id = me
     and r.scores and r.ended_on is null and coalesce(r.from_day <= now.today, true) and coalesce(r.to_day >= now.today, true)
    left join lateral (
      select s.id, s.version from evaluation_scores s
       where s.place_id = lies and s.evaluation_id = evaluation and s.code = of_code and s.layer = of_layer
         and (is_shared or s.person_id = me) and s.replaced_at is null and s.voided_at is null
       order by s.version desc limit 1) s on true
    left join evaluation_talks t
      on t.place_id = lies and t.evaluation_id = evaluation and t.code = of_code and t.layer = of_layer
     and t.leaf_version = leaf.version;
  if seat is not null then
    within := case when around.outside then in_campaign(seat) else in_place(lies, null) end;
    if around.seat_id is null or of_layer <> 'city' or within is not true then
      raise exception 'a seat out of reach' using errcode = 'insufficient_privilege';
    end if;
  elsif of_layer <> 'county' or in_place(lies, null) is not true then
    raise exception 'a layer out of reach' using errcode = 'insufficient_privilege';
  end if;
  talked := around.opened_at is not null;
  saw_others := talked or around.others;

  <<asked>>
  begin
    -- Whoever waited for the step to end comes too late.
    if judged.state <> 'open' or (of_layer = 'county') <> (judged.step = 'countyReview')
       or of_layer = 'city' and judged.step not in ('materialReview', 'siteVisit', 'preliminaryOpinion') then
      outcome := 'closed';
      counted := judged.revision;
      exit asked;
    end if;
    if seat is not null and not (around.nodes @> '{*}' or around.nodes && leaf.nodes) then
      raise exception 'a leaf out of reach' using errcode = 'insufficient_privilege';
    end if;
    if leaf.version <> read_leaf then
      outcome := 'leaf-changed';
      counted := leaf.version;
      exit asked;
    end if;
    counted := around.version;
    if counted <> read_score then
      outcome := 'score-changed';
      exit asked;
    end if;
    if around.settled_at is not null then
      outcome := 'settled';
      exit asked;
    end if;
    if settled_as is not null and (talked or not is_shared) then
      outcome := 'leaf-changed';
      exit asked;
    end if;
    if is_blind and around.own is not null and saw_others and not talked then
      outcome := 'sighted';
      exit asked;
    end if;
    if agreeing then
      if exists (
        select 1 from evaluation_points p
         where p.place_id = place and p.evaluation_id = evaluation and p.code = of_code and p.layer = 'self'
           and me = any (p.hidden_from)
      ) then
        outcome := 'blind';
      end if;
    end if;
  end;
  if outcome is not null then
    if settled_as is not null then
      raise exception '%', outcome using errcode = 'DS001';
    end if;
    still_owing := 0;
    return next;
    return;
  end if;

  if around.own is not null then
    update evaluation_scores s set replaced_at = moment where s.place_id = lies and s.id = around.own;
  end if;
  if not is_shared then
    owed := array_remove(owing_at(lies, evaluation, of_code, leaf.nodes, of_layer, moment), me);
  end if;
  if of_layer = 'county' then
    kept_from := array_remove((
      select kept_from_judges(e, of_code, leaf.nodes, moment) from evaluations e where e.place_id = place and e.id = evaluation), me);
  elsif is_blind and not talked then
    kept_from := owed;
  end if;
  counted := counted + 1;
  insert into evaluation_scores as s (place_id, id, evaluation_id, campaign_id, subject_place_id, code, layer, seat_id, person_id,
    reviewer_name, seats, hidden_from, answer, points, reason, agreed, sighted, leaf_version, seen, version, given_at)
  values (lies, score, evaluation, judged.campaign_id, place, of_code, of_layer, seat, me, by_name,
    case when of_layer = 'city' then leaf.seats else '{}' end, kept_from, given_answer, given_points,
    why, agreeing, saw_others, leaf.version, what_was_seen, counted, moment)
  returning s.salt into salted;
  if is_blind then
    update evaluation_scores s set hidden_from = array_remove(s.hidden_from, me)
     where s.place_id in (place, lies) and s.evaluation_id = evaluation and s.code = of_code and me = any (s.hidden_from);
    update evaluation_points p set hidden_from = array_remove(p.hidden_from, me)
     where p.place_id in (place, lies) and p.evaluation_id = evaluation and p.code = of_code and me = any (p.hidden_from);
    update evaluation_remarks m set hidden_from = array_remove(m.hidden_from, me)
     where m.place_id in (place, lies) and m.evaluation_id = evaluation and m.code = of_code and me = any (m.hidden_from);
    update evaluation_talks t set hidden_from = array_remove(t.hidden_from, me)
     where t.place_id = lies and t.evaluation_id = evaluation and t.code = of_code and me = any (t.hidden_from);
  end if;
  if settled_as is not null then
    perform put_points(lies, leaf, of_layer, kept_from, settled_answer, given_points, why, settled_as, by_name, moment);
  elsif not talked and cardinality(owed) = 0 then
    select jsonb_agg(jsonb_build_object('personId', s.person_id, 'points', s.points, 'answer', s.answer, 'adopted', s.agreed)
                     order by s.given_at, s.id) into standing
      from evaluation_scores s
     where s.place_id = lies and s.evaluation_id = evaluation and s.code = of_code and s.layer = of_layer
       and s.replaced_at is null and s.voided_at is null;
  end if;
  outcome := 'given';
  still_owing := cardinality(owed);
  return next;
end
$$;

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
  outcome := 'settled';
  counted := put_points(lies, leaf, of_layer, owed, given_answer, given_points, why, how, by_name, moment);
  return next;
end
$$;

grant execute on function hold_evaluation, owes_blind, give_score, settle_leaf to dudao_app;
