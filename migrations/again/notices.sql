-- Writes notices to addressees whom the sender may not be able to read: a county tells its city, a city tells one of its
-- counties, an act tells one person. Whoever may write the subject may send; the rest is refused, all or none. A notice has words of
-- its own, or those to all. Of a notice that may be sent only once the first counts. Returns the ids of those that were written.
create or replace function send_notices(
  notice_kind text, sender text, sender_name text, moment timestamptz, words text, sent jsonb
) returns setof uuid language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (
    select 1 from jsonb_to_recordset(sent) as w("subjectPlace" integer, "subjectSchool" integer)
     where in_place(w."subjectPlace", w."subjectSchool") is not true
  ) then
    raise exception 'a notice about a subject out of reach' using errcode = 'insufficient_privilege';
  end if;
  return query
    insert into notices (place_id, id, kind, audience, subject_type, subject_id, subject_place_id, school_id, person_id,
                         post_id, sent_by, sent_by_name, sent_at, note, about, once_key)
    select w.place, w.id, notice_kind, w.audience, w.type, w.subject, nullif(w."subjectPlace", w.place), w.school,
           w.person, w.post, sender, sender_name, moment, coalesce(w.note, words), w.about, w.once
      from jsonb_to_recordset(sent) as w(
        place integer, id uuid, audience text, type text, subject uuid, "subjectPlace" integer, school integer,
        person uuid, post uuid, note text, about text, once text)
    on conflict (place_id, once_key) do nothing
    returning notices.id;
end
$$;
