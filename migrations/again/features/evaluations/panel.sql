-- What follows for the panel: who reads and who owes after reviewers or material changed, talks, places among all subjects, and means.

-- Sets the lists of one evaluation anew after its reviewers changed or its rows came: which seats read each leaf and what is said
-- there, and from whom it is hidden. It is run for whoever holds the campaign, as often as one likes. Leaves are locked in the
-- order of their codes, as by whoever writes several. A leaf whose scores were opened for a talk stays open. Seats whose last day
-- is past at the moment owe and read nothing; without a moment none is.
create or replace function owe_scores(place integer, evaluation uuid, moment timestamptz default null) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
  lies integer;
  is_blind boolean;
  is_shown boolean;
  sitting jsonb;
  given jsonb;
  talked jsonb;
  done jsonb;
  lists jsonb;
  every_seat uuid[];
  every_judge uuid[];
  changed integer;
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation for no key update;
  lies := judged.campaign_place_id;
  if judged.id is null or in_place(lies, null) is not true then
    raise exception 'an evaluation out of reach' using errcode = 'insufficient_privilege';
  end if;
  is_blind := coalesce((judged.rules ->> 'blind')::boolean, false);
  -- Drafts of the subject are nobody's: who comes by a seat alone reads from the first step that judges, until the release or the end.
  is_shown := judged.step not in ('notice', 'selfEvaluation') and judged.released_at is null and judged.state = 'open';
  perform 1 from evaluation_leaves l where l.place_id = place and l.evaluation_id = evaluation order by l.code for update;

  select coalesce(jsonb_agg(jsonb_build_object('seat', r.seat_id, 'person', r.person_id, 'outside', r.outside,
           'scores', r.scores, 'nodes', to_jsonb(r.nodes))), '[]'),
         coalesce(array_agg(r.seat_id order by r.seat_id) filter (where r.outside and is_shown), '{}'),
         coalesce(array_agg(distinct r.person_id) filter (where r.scores and is_blind), '{}')
    into sitting, every_seat, every_judge
    from evaluation_reviewers r
   where r.place_id = lies and r.evaluation_id = evaluation and r.ended_on is null and coalesce(r.to_day >= (select day_of(moment)), true);
  select coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'person', s.person_id)), '[]') into given
    from evaluation_scores s
   where s.place_id = lies and s.evaluation_id = evaluation and s.layer = 'city' and s.replaced_at is null and s.voided_at is null;
  select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'version', t.leaf_version)), '[]') into talked
    from evaluation_talks t where t.place_id = lies and t.evaluation_id = evaluation and t.layer = 'city';
  -- What is settled is hidden from nobody who comes later.
  select coalesce(jsonb_agg(jsonb_build_object('code', p.code)), '[]') into done
    from evaluation_points p
   where p.place_id = lies and p.evaluation_id = evaluation and p.layer = 'city' and p.voided_at is null;

  select coalesce(jsonb_agg(jsonb_build_object('code', w.code, 'seats', to_jsonb(w.seats), 'owing', to_jsonb(w.owing))), '[]')
    into lists
    from (
      select l.code,
             coalesce(array_agg(distinct r.seat) filter (where r.outside and is_shown), '{}') as seats,
             coalesce(array_agg(distinct r.person)
               filter (where r.scores and is_blind and g.person is null and t.code is null and d.code is null), '{}') as owing
        from evaluation_leaves l
        left join jsonb_to_recordset(sitting) as r(seat uuid, person uuid, outside boolean, scores boolean, nodes text[])
          on r.nodes @> '{*}' or r.nodes && l.nodes
        left join jsonb_to_recordset(given) as g(code text, person uuid) on g.code = l.code and g.person = r.person
        left join jsonb_to_recordset(talked) as t(code text, version integer) on t.code = l.code and t.version = l.version
        left join jsonb_to_recordset(done) as d(code text) on d.code = l.code
       where l.place_id = place and l.evaluation_id = evaluation
       group by l.code
    ) w;

  update evaluation_leaves l set seats = w.seats
    from jsonb_to_recordset(lists) as w(code text, seats uuid[])
   where l.place_id = place and l.evaluation_id = evaluation and l.code = w.code and l.seats <> w.seats;
  get diagnostics changed = row_count;
  update evaluation_points p set seats = w.seats, hidden_from = w.owing
    from jsonb_to_recordset(lists) as w(code text, seats uuid[], owing uuid[])
   where p.place_id in (place, lies) and p.evaluation_id = evaluation and p.code = w.code
     and (p.seats <> w.seats or p.hidden_from <> w.owing);
  update evaluation_scores s
     set seats = case when s.layer = 'city' then w.seats else s.seats end, hidden_from = array_remove(w.owing, s.person_id)
    from jsonb_to_recordset(lists) as w(code text, seats uuid[], owing uuid[])
   where s.place_id in (place, lies) and s.evaluation_id = evaluation and s.code = w.code;
  update evaluation_talks t set seats = w.seats, hidden_from = w.owing
    from jsonb_to_recordset(lists) as w(code text, seats uuid[], owing uuid[])
   where t.place_id = lies and t.evaluation_id = evaluation and t.code = w.code;
  update evaluation_remarks m
     set seats = w.seats,
         hidden_from = case when m.meant_for = 'panel' then array_remove(w.owing, m.person_id) else m.hidden_from end
    from jsonb_to_recordset(lists) as w(code text, seats uuid[], owing uuid[])
   where m.place_id in (place, lies) and m.evaluation_id = evaluation and m.code = w.code;
  update evaluation_steps p set seats = every_seat
   where p.place_id = place and p.evaluation_id = evaluation and p.seats <> every_seat;
  update evaluation_totals t set hidden_from = case when judged.released_at is null then every_judge else '{}' end
   where t.place_id in (place, lies) and t.evaluation_id = evaluation;
  update evaluations e set seats = every_seat where e.place_id = place and e.id = evaluation and e.seats <> every_seat;
  return changed;
end
$$;

-- Voids what was judged of a leaf before its material or its answer changed, in the transaction of the change, which has locked
-- the leaf and raised its version. Whoever judged owes again, and what was said is hidden from them as from the others.
create or replace function void_scores(place integer, evaluation uuid, of_code text, why text, moment timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
  leaf evaluation_leaves;
  lies integer;
  owed uuid[];
  voided integer;
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation and in_place(e.place_id, e.school_id);
  if not found then
    raise exception 'an evaluation out of reach' using errcode = 'insufficient_privilege';
  end if;
  lies := judged.campaign_place_id;
  select l.* into leaf from evaluation_leaves l
   where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code for update;
  update evaluation_scores s set voided_at = moment, void_reason = why
   where s.place_id in (place, lies) and s.evaluation_id = evaluation and s.code = of_code and s.leaf_version < leaf.version
     and s.voided_at is null and s.replaced_at is null;
  get diagnostics voided = row_count;
  owed := case when coalesce((judged.rules ->> 'blind')::boolean, false)
               then owing_at(lies, evaluation, of_code, leaf.nodes, 'city', moment) else '{}' end;
  update evaluation_scores s set hidden_from = array_remove(owed, s.person_id)
   where s.place_id in (place, lies) and s.evaluation_id = evaluation and s.code = of_code;
  update evaluation_points p
     set hidden_from = owed,
         voided_at = case when p.layer = 'self' or p.leaf_version >= leaf.version then p.voided_at
                          else coalesce(p.voided_at, moment) end
   where p.place_id in (place, lies) and p.evaluation_id = evaluation and p.code = of_code;
  update evaluation_talks t set hidden_from = owed
   where t.place_id = lies and t.evaluation_id = evaluation and t.code = of_code;
  update evaluation_remarks m set hidden_from = array_remove(owed, m.person_id)
   where m.place_id = lies and m.evaluation_id = evaluation and m.code = of_code and m.meant_for = 'panel';
  return voided;
end
$$;

-- Opens every score of a leaf for a talk: whoever leads, and the judge after whose score nobody owes one. Whoever leads and still
-- owes the own blind score gives it first. A job of the office opens too where the last who owed a score has left and the scores lie
-- too far apart, because nobody gives a score any more with which the talk would open; it opens nothing to somebody who still owes.
-- False where it is open.
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

-- Says something at a leaf. A word to the panel is hidden from those who owe their score; a word to the subject is read by all who
-- read the leaf, and whoever owes a blind score says none to the panel before it.
create or replace function add_remark(
  place integer, evaluation uuid, of_code text, seat uuid, remark uuid, for_whom text, said text, by_name text, moment timestamptz
) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := own_person();
  judged evaluations;
  leaf evaluation_leaves;
  lies integer;
  within boolean;
  owed uuid[];
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation and e.state = 'open' for share;
  if not found or me is null then
    return false;
  end if;
  select l.* into leaf from evaluation_leaves l
   where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code for update;
  lies := case when for_whom = 'panel' then judged.campaign_place_id else place end;
  within := in_place(lies, case when for_whom = 'panel' then null else judged.school_id end);
  if leaf.code is null or not coalesce(within or in_campaign(seat) and seat = any (leaf.seats), false) then
    raise exception 'a leaf out of reach' using errcode = 'insufficient_privilege';
  end if;
  owed := case when for_whom = 'panel' and coalesce((judged.rules ->> 'blind')::boolean, false)
               then owing_at(lies, evaluation, of_code, leaf.nodes, 'city', moment) else '{}' end;
  if me = any (owed) then
    return false;
  end if;
  insert into evaluation_remarks (place_id, id, evaluation_id, code, subject_place_id, school_id, meant_for, seats, hidden_from,
    body, person_id, author_name, said_at)
  values (lies, remark, evaluation, of_code, place, case when for_whom = 'panel' then null else judged.school_id end, for_whom,
    leaf.seats, owed, said, me, by_name, moment);
  return true;
end
$$;

-- Puts down what the place of a subject among all of its campaign gives at a leaf whose value stands, or takes it back while the value of
-- another one is missing. What was released stays. False where nothing changes.
create or replace function place_leaf(place integer, evaluation uuid, of_code text, of_layer text, given_points text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
  lies integer;
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation and e.state = 'open' for share;
  lies := case when of_layer = 'city' then judged.campaign_place_id else place end;
  if judged.id is null or of_layer not in ('self', 'city') or in_place(lies, null) is not true or in_place(place, judged.school_id) is not true then
    raise exception 'a layer out of reach' using errcode = 'insufficient_privilege';
  end if;
  update evaluation_points p set points = given_points
   where p.place_id = lies and p.evaluation_id = evaluation and p.code = of_code and p.layer = of_layer and p.voided_at is null
     and (p.answer -> 'given' ? 'value' or of_layer = 'self' and p.answer ? 'value') and p.points is distinct from given_points and judged.released_at is null;
  return found;
end
$$;

-- The number of exact points, a decimal or a fraction (`is_points`): what is sorted or averaged asks it.
create or replace function points_number(points text) returns numeric language sql immutable parallel safe as $$
  select split_part(points, '/', 1)::numeric / coalesce(nullif(split_part(points, '/', 2), '')::numeric, 1)
$$;

grant execute on function points_number to dudao_app;

-- The means of what the city has settled at a leaf: over the subjects of the same county, and over all of the campaign. A seat reaches no
-- other subject, so the owner looks; a mean over fewer than `fewest` would tell what the others have. What is hidden from the person
-- counts in none.
create or replace function leaf_means(place integer, evaluation uuid, of_code text, fewest integer, places integer) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation;
  if judged.id is null or coalesce(in_place(judged.campaign_place_id, null) or in_seats(judged.seats), false) is not true then
    return jsonb_build_object('county', null, 'city', null);
  end if;
  return (
    select jsonb_build_object(
             'county', case when count(*) filter (where w.place_id = place) >= fewest
                            then trim_scale(round(avg(w.points) filter (where w.place_id = place), places))::text end,
             'city', case when count(*) >= fewest then trim_scale(round(avg(w.points), places))::text end)
      from (
        select e.place_id,
               points_number(p.points) as points
          from evaluations e
          join evaluation_points p
            on p.place_id = e.campaign_place_id and p.evaluation_id = e.id and p.code = of_code and p.layer = 'city'
           and p.voided_at is null and p.points is not null and not is_hidden(p.hidden_from)
         where e.campaign_place_id = judged.campaign_place_id and e.campaign_id = judged.campaign_id and e.state <> 'cancelled'
      ) w
  );
end
$$;

-- Of how many evaluations somebody answers leaves: a count alone, because the administrator who asks reads no business.
create or replace function open_leaves_of(person uuid, place integer, school integer) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    select count(distinct l.evaluation_id) from evaluation_leaves l
      join evaluations e on e.place_id = l.place_id and e.id = l.evaluation_id
     where l.place_id = place and l.responsible_id = person and e.state = 'open' and e.school_id is not distinct from school
  );
end
$$;

grant execute on function owe_scores, void_scores, open_scores, add_remark, place_leaf, leaf_means, open_leaves_of to dudao_app;
