-- A notice reaches whoever must know, wherever the subject lies: the officers of another place, the holder of one post, one
-- person. The row lies at the place of the addressee. Each person has read it or not.
alter table notices
  -- The grant, for whoever works in it: its holder, or a colleague who stands in.
  add column post_id uuid,
  -- The place of the subject; null where it lies at the place of the addressee.
  add column subject_place_id integer references org_units,
  -- What the subject was called when the notice was written: the addressee may not be able to read the subject.
  add column about text check (length(about) between 1 and 200),
  drop constraint notices_audience_check,
  drop constraint notices_check,
  add constraint notices_audience_check check (audience in ('school', 'place', 'person', 'post')),
  add constraint notices_addressee_check check (
    (school_id is not null) = (audience = 'school') and (person_id is not null) = (audience = 'person')
    and (post_id is not null) = (audience = 'post'));

create index notices_by_person on notices (person_id, sent_at) where person_id is not null;
create index notices_by_post on notices (post_id, sent_at) where post_id is not null;
create index notices_by_place on notices (place_id, sent_at) where audience = 'place';

-- Whether the person works in this post now; a missing setting (app.post) reaches none.
create function of_post(post uuid) returns boolean language sql stable parallel safe as $$
  select post = nullif(current_setting('app.post', true), '')::uuid
$$;

grant execute on function of_post to dudao_app;

-- A notice to a post is read in that post alone, and one to a person by that person, wherever it lies.
drop policy reading on notices;
create policy reading on notices for select to dudao_app
  using (case audience when 'person' then of_person(person_id) when 'post' then of_post(post_id)
         else in_place(place_id, school_id) or in_campaign(campaign_id) end);

-- Who has read which notice, and when. Only the reader sees and writes it.
create table notice_reads (
  place_id integer not null,
  notice_id uuid not null,
  person_id uuid not null,
  read_at timestamptz not null,
  primary key (place_id, notice_id, person_id),
  foreign key (place_id, notice_id) references notices (place_id, id)
);

create index notice_reads_by_person on notice_reads (person_id, place_id, notice_id);

select police('notice_reads', school => null);
drop policy reading on notice_reads;
drop policy adding on notice_reads;
drop policy changing on notice_reads;
drop policy removing on notice_reads;
create policy reading on notice_reads for select to dudao_app using (of_person(person_id));
create policy adding on notice_reads for insert to dudao_app with check (of_person(person_id));

grant select, insert on notice_reads to dudao_app;

-- Writes notices to addressees whom the sender may not be able to read: a county tells its city, a city tells one of its
-- counties, an act tells one person. Whoever may write the subject may send; the rest is refused, all or none. Of a notice
-- that may be sent only once the first counts. Returns the ids of those that were written.
create function send_notices(
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
           w.person, w.post, sender, sender_name, moment, words, w.about, w.once
      from jsonb_to_recordset(sent) as w(
        place integer, id uuid, audience text, type text, subject uuid, "subjectPlace" integer, school integer,
        person uuid, post uuid, about text, once text)
    on conflict (place_id, once_key) do nothing
    returning notices.id;
end
$$;

grant execute on function send_notices to dudao_app;
