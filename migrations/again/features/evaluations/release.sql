-- What leaves the panel: totals, the release to the subject, evidence for those who read it, and the prints by which evidence is found.

-- Writes the total of a layer. Before the release it is hidden from everybody who judges blind.
create or replace function write_total(
  place integer, evaluation uuid, of_layer text, sum text, range_left jsonb, details jsonb, moment timestamptz
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
  lies integer;
  within boolean;
  judges uuid[];
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation;
  lies := case when of_layer = 'city' then judged.campaign_place_id else place end;
  within := in_place(lies, case when of_layer = 'self' then judged.school_id end);
  if judged.id is null or within is not true then
    raise exception 'a layer out of reach' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(array_agg(distinct r.person_id), '{}') into judges from evaluation_reviewers r
   where r.place_id = judged.campaign_place_id and r.evaluation_id = evaluation and r.scores and r.ended_on is null
     and judged.released_at is null and (judged.rules ->> 'blind')::boolean;
  insert into evaluation_totals (place_id, evaluation_id, layer, subject_place_id, school_id, hidden_from, total, still_between,
    certificate, written_at)
  values (lies, evaluation, of_layer, place, case when of_layer = 'self' then judged.school_id end, judges, sum, range_left,
    details, moment)
  on conflict (place_id, evaluation_id, layer) do update
     set hidden_from = excluded.hidden_from, total = excluded.total, still_between = excluded.still_between,
         certificate = excluded.certificate, written_at = excluded.written_at;
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

-- Sets the seats of an item of evidence, its links at one place and its files anew: after a link, a file or the seats of a leaf
-- came or went. What is sealed is read by no seat. Run for the subject whose item it is, or whoever holds the campaign.
create or replace function show_evidence(place integer, evidence uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  shown evidence_items;
  readers uuid[];
begin
  select i.* into shown from evidence_items i
   where i.place_id = place and i.id = evidence and in_place(i.place_id, i.school_id) for update;
  if not found then
    raise exception 'evidence out of reach' using errcode = 'insufficient_privilege';
  end if;
  update evidence_links k set seats = case when shown.confidentiality = 'sealed' then '{}' else l.seats end
    from evaluation_leaves l
   where k.evidence_place_id = place and k.evidence_id = evidence and l.place_id = k.place_id
     and l.evaluation_id = k.evaluation_id and l.code = k.code;
  select coalesce(array_agg(distinct seat order by seat), '{}') into readers
    from evidence_links k, unnest(k.seats) as seat
   where k.evidence_place_id = place and k.evidence_id = evidence;
  update evidence_items i set seats = readers where i.place_id = place and i.id = evidence and i.seats <> readers;
  update attachments a set seats = readers
   where a.place_id = place and a.subject_type = 'evidence' and a.subject_id = evidence and a.seats <> readers;
end
$$;

-- Refuses a change of the files of evidence that was handed in: another version is another item. For the functions of files alone.
create function assert_evidence_files_open(place integer, evidence uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  handed_in timestamptz;
begin
  select i.locked_at into handed_in from evidence_items i where i.place_id = place and i.id = evidence for share;
  if handed_in is not null then
    raise exception 'the files of evidence that was handed in' using errcode = 'insufficient_privilege';
  end if;
end
$$;

-- What shares keys with a print, the most shared first. No index serves the overlap of two arrays beneath a policy, so the owner looks
-- and asks the reach of whoever calls. A plan for all values: by the lists of one call the planner would add the primary key.
create or replace function find_print_candidates(probes integer[], kind_of text, own uuid, shared_least integer, most integer)
returns table (place integer, evidence uuid, attachment uuid, print_of bytea)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query
  select p.place_id, p.evidence_id, p.attachment_id, p.print
    from evidence_prints p,
         lateral (select count(*) as shared from unnest(p.keys) as key where key = any (probes)) found
   where p.keys && probes and p.kind = kind_of and p.evidence_id <> own and in_place(p.place_id, p.school_id)
     and found.shared >= shared_least
   order by found.shared desc, p.attachment_id, p.position limit most;
end
$$;

grant execute on function write_total, release_results, show_evidence, find_print_candidates to dudao_app;
