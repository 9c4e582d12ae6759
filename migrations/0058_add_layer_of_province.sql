-- Branches of an edition that each subject fills with its own problems of the last round (上轮反馈问题): the problems as they were at the
-- opening, from which its leaves are made. Null where the edition has no such branch; an empty list where the last round found nothing.
alter table evaluations add column generated jsonb check (jsonb_typeof(generated) = 'array');

comment on column evaluations.generated is '@type ReadonlyArray<{ readonly title: string }> | null';

-- What the province gave, as the city enters it from a document: of one leaf, or of the whole. A correction is another row and ends the
-- one before; a row without figure and words takes it back (`enter_province_score`). It lies at the place of the subject, which reads it; the office of the campaign
-- writes it.
create table evaluation_province_scores (
  place_id integer not null references org_units,
  id uuid not null,
  evaluation_id uuid not null,
  campaign_place_id integer not null references org_units,
  school_id integer,
  -- Null: of the whole.
  code text check (length(code) between 1 and 40),
  points text check (is_points(points)),
  -- A grade, or that the leaf does not apply.
  words text check (length(words) between 1 and 100),
  document text not null check (length(document) between 2 and 200),
  given_on date not null,
  -- Why it differs from what the city gave.
  reason text not null default '' check (length(reason) <= 500),
  entered_by_name text not null,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  primary key (place_id, id),
  foreign key (place_id, evaluation_id) references evaluations
);

create unique index evaluation_province_scores_standing
  on evaluation_province_scores (place_id, evaluation_id, coalesce(code, '')) where replaced_at is null;
create index evaluation_province_scores_by_evaluation on evaluation_province_scores (place_id, evaluation_id, entered_at);

select police('evaluation_province_scores'::regclass);

-- Whether a seat of the session covers the leaf of such a row; of the whole no seat reads. It looks as the owner, so that no subquery
-- comes into the plan of whoever has the place.
create function covers_leaf(place integer, evaluation uuid, of_code text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from evaluation_leaves l
     where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code and in_seats(l.seats)
  );
end
$$;

grant execute on function covers_leaf to dudao_app;

-- Whoever still owes a blind score of the evaluation reads none of it, in whatever post.
alter policy reading on evaluation_province_scores
  using (in_place(place_id, school_id) or covers_leaf(place_id, evaluation_id, code));
create policy blind on evaluation_province_scores as restrictive for all to dudao_app
  using (not owes_blind(place_id, evaluation_id)) with check (true);

grant select on evaluation_province_scores to dudao_app;

-- Files of what the province gave hang on its row, and stay while evaluations are held.
update retention_terms set subjects = subjects || '{province-score}' where kind = 'evaluations';

-- Enters what the province gave, corrects it, or takes it back, for whoever holds the campaign. `read_row` is the row that the person has
-- seen as standing; where another one stands it is `changed`, and what stands is not overwritten unseen. `absent`: nothing to take back.
create function enter_province_score(
  place integer, evaluation uuid, new_row uuid, of_code text, given_points text, given_words text, on_document text, on_day date,
  why text, read_row uuid, by_name text, moment timestamptz
) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
  standing evaluation_province_scores;
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation for share;
  if judged.id is null or in_place(judged.campaign_place_id, null) is not true or in_place(place, judged.school_id) is not true
     or owes_blind(place, evaluation) then
    raise exception 'an evaluation out of reach' using errcode = 'insufficient_privilege';
  end if;
  if of_code is not null and not exists (
    select 1 from evaluation_leaves l where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code
  ) then
    raise exception 'a leaf out of reach' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('province ' || evaluation || coalesce(' ' || of_code, ''), 0));
  select p.* into standing from evaluation_province_scores p
   where p.place_id = place and p.evaluation_id = evaluation and p.code is not distinct from of_code and p.replaced_at is null;
  if standing.id is distinct from read_row then
    return 'changed';
  end if;
  if given_points is null and given_words is null and standing.id is null then
    return 'absent';
  end if;
  update evaluation_province_scores p set replaced_at = moment where p.place_id = place and p.id = standing.id;
  insert into evaluation_province_scores (place_id, id, evaluation_id, campaign_place_id, school_id, code, points, words, document,
    given_on, reason, entered_by_name, entered_at, replaced_at)
  values (place, new_row, evaluation, judged.campaign_place_id, judged.school_id, of_code, given_points, given_words, on_document,
    on_day, why, by_name, moment, case when given_points is null and given_words is null then moment end);
  return 'entered';
end
$$;

grant execute on function enter_province_score to dudao_app;
