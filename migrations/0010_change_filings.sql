-- Whose turn it is with a filing. Lists and home ask it of the filing alone: whether a doubt still wants an explanation,
-- whether the reviewing level has looked at it, and since when it is in.
alter table filings
  -- How many doubts still want an explanation.
  add column open_doubts integer not null default 0 check (open_doubts >= 0),
  -- China's calendar day of the first submission; null again where that submission was taken back. Whether a filing is
  -- late follows from this day and from the dates in force, which may be moved for everybody.
  add column first_submitted_on date,
  -- 核过: somebody who may not approve has looked at it and leaves it to whoever approves.
  add column checked_at timestamptz,
  add column checked_by text,
  add column check_note text,
  add constraint filings_checked_by_somebody check ((checked_at is null) = (checked_by is null)),
  add constraint filings_checked_while_submitted check (checked_at is null or state = 'submitted'),
  add constraint filings_note_of_check check (check_note is null or checked_at is not null),
  drop column late;

-- The first submission that holds: the last one before the filing was first sent back.
with sent_back as (
  select place_id, subject_id, min(at) as at from steps
   where subject_type = 'filing' and action in ('return', 'reopen')
   group by place_id, subject_id
), held as (
  select s.place_id, s.subject_id, max(s.at) as at
    from steps s
    left join sent_back b on b.place_id = s.place_id and b.subject_id = s.subject_id
   where s.subject_type = 'filing' and s.action = 'submit' and (b.at is null or s.at < b.at)
   group by s.place_id, s.subject_id
)
update filings f
   set first_submitted_on = (held.at at time zone 'Asia/Shanghai')::date
  from held
 where held.place_id = f.place_id and held.subject_id = f.id and f.submitted_at is not null;

update filings
   set first_submitted_on = (submitted_at at time zone 'Asia/Shanghai')::date
 where submitted_at is not null and first_submitted_on is null;

-- A filing that was submitted has every doubt explained. Of a draft the database knows the number of doubts and of
-- explanations; the next save counts which belongs to which.
update filings f
   set open_doubts = greatest(0, f.soft_findings - (
     select count(*) from jsonb_each(f.cells) cell where coalesce(cell.value ->> 'e', '') <> ''))
 where f.state = 'draft' and f.soft_findings > 0;

-- Who speaks: a comment waits for the other side, the school or the levels above it. Of earlier comments the posts of
-- their authors say it.
alter table comments
  add column author_level text check (author_level in ('city', 'county', 'school', 'schools', 'campaign'));

update comments
   set author_level = case when post.reach = 'city' then 'city' when post.reach = 'county' then 'county' else 'school' end
  from (
    select g.person_id::text as person_id, g.school_id, min(r.reach) as reach
      from grants g join roles r on r.key = g.role_key and r.reach in ('city', 'county', 'school')
     group by g.person_id, g.school_id
  ) post
 where post.person_id = comments.author_id and (post.school_id is null or post.school_id = comments.school_id);

create index comments_open on comments (place_id, subject_type, subject_id) where resolved_at is null;
