-- Evaluations: one subject in one campaign. A row lies at the place of the layer that writes it: what the subject writes lies at
-- its own place, judgements of the county's layer at the county without a school, and those of the city's at the campaign's place.
-- What a subject may read of judgements is copied to it by the act that releases it, and by nothing else.
--
-- A row that a seat may read carries the ids of those seats; `app.campaigns` holds the seats of the session and no campaign. A row
-- of a blind judgement carries `hidden_from`: the persons who still owe their own. It narrows everybody of them, also those who
-- have the place, in every post. Judgements are written by functions of the owner alone, which keep both lists under the lock of
-- the leaf. A job acts for no person and is not narrowed: nothing that it reads here goes where a judge or the subject reads it.

-- Whether a seat of the session is among those that may read a row.
create function in_seats(seats uuid[]) returns boolean language sql stable parallel safe as $$
  select seats && nullif(current_setting('app.campaigns', true), '')::uuid[]
$$;

-- Whether a row is hidden from the person. Never null, so that a job, which has no person, is not narrowed by it.
create function is_hidden(hidden_from uuid[]) returns boolean language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.person', true), '')::uuid = any (hidden_from), false)
$$;

grant execute on function in_seats, is_hidden to dudao_app;

-- Points are exact: a decimal, or a fraction where it does not end.
create function is_points(points text) returns boolean language sql immutable parallel safe as $$
  select points ~ '^-?[0-9]{1,30}(\.[0-9]{1,15})?(/[1-9][0-9]{0,29})?$'
$$;

grant execute on function is_points to dudao_app;

-- Opened and moved on by whoever holds the campaign; the subject takes part by rows of its own.
create table evaluations (
  place_id integer not null references org_units,
  id uuid not null,
  campaign_place_id integer not null references org_units,
  campaign_id uuid not null,
  kind text not null check (kind in ('county-inspection', 'school-evaluation')),
  title text not null check (length(title) between 2 and 100),
  assessment_year smallint not null check (assessment_year between 2000 and 2200),
  decision_year smallint not null check (decision_year between 2000 and 2200),
  framework_key text not null,
  framework_revision integer not null,
  framework_hash text not null check (framework_hash ~ '^[0-9a-f]{64}$'),
  unit_id integer not null references org_units,
  -- As it was opened; what became of the school says `school_places`.
  school_id integer,
  subject_name text not null check (length(subject_name) between 1 and 100),
  lead_unit_id integer not null references org_units,
  partner_unit_id integer references org_units,
  rules jsonb not null,
  step text not null check (step ~ '^[a-z][A-Za-z]{1,39}$'),
  state text not null default 'open' check (state in ('open', 'closed', 'cancelled')),
  reason text check (length(reason) between 2 and 500),
  seats uuid[] not null default '{}',
  -- What of the self-evaluation is open again, with why; null: nothing. Codes null: the whole. It names the round of the hand-in
  -- that it sent back, and a later hand-in ends it: the subject writes no row of the evaluation.
  returned jsonb,
  -- Of the released opinion and the result: nothing stands here before it is released.
  total text check (is_points(total)),
  conclusion text check (length(conclusion) between 1 and 100),
  opinion jsonb,
  released_at timestamptz,
  -- The last day for a statement of the subject.
  statement_due date,
  decided_on date,
  notice_letter_id uuid,
  opinion_letter_id uuid,
  result_letter_id uuid,
  revision integer not null default 1,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  also_found_by text not null default '',
  search text not null generated always as (lower(normalize(subject_name || ' ' || also_found_by, nfkc))) stored,
  primary key (place_id, id),
  foreign key (framework_key, framework_revision) references framework_editions,
  check (state <> 'cancelled' or reason is not null),
  check (released_at is not null or num_nonnulls(total, conclusion, opinion) = 0),
  check (decided_on is null or released_at is not null)
);

comment on column evaluations.kind is '@type ''county-inspection'' | ''school-evaluation''';
comment on column evaluations.state is '@type ''open'' | ''closed'' | ''cancelled''';
comment on column evaluations.rules is '@type { readonly reviewersPerLeaf: number; readonly blind: boolean; readonly tolerance: string; readonly combine: ''mean'' | ''trimmed'' }';
comment on column evaluations.returned is '@type { readonly reason: string; readonly codes: readonly string[] | null; readonly round: number } | null';
comment on column evaluations.opinion is '@type { readonly comments: readonly unknown[]; readonly findings: readonly unknown[] } | null';

create index evaluations_by_campaign on evaluations (place_id, campaign_id, step);
create index evaluations_by_step on evaluations (place_id, state, step, id);
create index evaluations_by_school on evaluations (place_id, school_id) where school_id is not null;
create index evaluations_by_seat on evaluations using gin (seats);

create table evaluation_steps (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  step text not null check (step ~ '^[a-z][A-Za-z]{1,39}$'),
  school_id integer,
  campaign_place_id integer not null references org_units,
  seats uuid[] not null default '{}',
  position smallint not null check (position between 1 and 30),
  from_day date,
  to_day date check (to_day >= from_day),
  done_on date,
  extended_reason text check (length(extended_reason) between 2 and 500),
  primary key (place_id, evaluation_id, step),
  unique (place_id, evaluation_id, position),
  foreign key (place_id, evaluation_id) references evaluations
);

create index evaluation_steps_late on evaluation_steps (place_id, to_day) where done_on is null;

-- The material at a leaf: who answers, the figures that fill it, what the subject says beside them. The verdict of the subject
-- stands in `evaluation_points`, because it is hidden from whoever judges blind and the material is not.
create table evaluation_leaves (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  code text not null check (length(code) between 1 and 40),
  school_id integer,
  seats uuid[] not null default '{}',
  position integer not null,
  -- Its own code and those above.
  nodes text[] not null,
  origin text not null check (origin in ('person', 'data')),
  -- The figures as they were read, with day and certificate: judges read no other table.
  facts jsonb not null default '[]',
  -- Whether it counts for the subject by these figures; null: not known yet. Also whoever judges blind sees it.
  applies boolean,
  note text not null default '' check (length(note) <= 4000),
  objection text check (length(objection) between 2 and 2000),
  responsible_id uuid,
  responsible_section_id integer references org_units,
  returned_reason text check (length(returned_reason) between 2 and 500),
  answered_by_name text,
  answered_at timestamptz,
  -- Of earlier rounds that were released: findings and points. Nothing of this round.
  beside jsonb not null default '{}',
  -- Rises with every change of material or answer; a judgement names the one that it has seen.
  version integer not null default 1,
  primary key (place_id, evaluation_id, code),
  foreign key (place_id, evaluation_id) references evaluations,
  check ((answered_at is null) = (answered_by_name is null))
);

comment on column evaluation_leaves.origin is '@type ''person'' | ''data''';
comment on column evaluation_leaves.facts is '@type unknown';
comment on column evaluation_leaves.beside is '@type Record<string, unknown>';

create index evaluation_leaves_by_person on evaluation_leaves (place_id, responsible_id) where responsible_id is not null;

-- Each time the self-evaluation was handed in (submitted) and confirmed by the leader, or sent back.
create table evaluation_handins (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  round smallint not null check (round between 1 and 50),
  school_id integer,
  submitted_by text not null,
  submitted_by_name text not null,
  submitted_at timestamptz not null,
  confirmed_by text,
  confirmed_by_name text,
  confirmed_at timestamptz,
  -- Taken back before anybody took it in: the next one is another round.
  taken_back_at timestamptz,
  primary key (place_id, evaluation_id, round),
  foreign key (place_id, evaluation_id) references evaluations,
  check ((confirmed_at is null) = (confirmed_by is null)),
  check (confirmed_by is distinct from submitted_by)
);

-- Who judges an evaluation, at the place of the campaign: copied from the seats, so that judging asks no other feature.
create table evaluation_reviewers (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  seat_id uuid not null,
  subject_place_id integer not null references org_units,
  person_id uuid not null,
  name text not null,
  -- Comes by the seat alone; otherwise by a post at the place.
  outside boolean not null,
  part text not null check (part in ('leader', 'member', 'expert', 'section', 'third-party')),
  scores boolean not null,
  nodes text[] not null,
  -- The days of the seat; null: as long as it stands. Whoever comes later judges then, and whoever is past owes nothing more.
  from_day date,
  to_day date,
  -- When the seat was given: whoever has the place has read until then what others judged.
  seated_at timestamptz,
  read_edition_at timestamptz,
  ended_on date,
  primary key (place_id, evaluation_id, seat_id)
);

comment on column evaluation_reviewers.part is '@type ''leader'' | ''member'' | ''expert'' | ''section'' | ''third-party''';

create index evaluation_reviewers_by_person on evaluation_reviewers (place_id, person_id) where ended_on is null;

-- What a layer says of a leaf: the subject's own verdict, and what came of the scores of a county or a city. The opening writes a
-- row of the subject for every leaf, without points: one that came later would hide nothing until the lists are set again.
create table evaluation_points (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  code text not null check (length(code) between 1 and 40),
  layer text not null check (layer in ('self', 'county', 'city')),
  subject_place_id integer not null references org_units,
  school_id integer,
  seats uuid[] not null default '{}',
  hidden_from uuid[] not null default '{}',
  answer jsonb,
  points text check (is_points(points)),
  reason text not null default '' check (length(reason) <= 2000),
  settled text not null check (settled in ('self', 'one', 'mean', 'trimmed', 'talk', 'adopted')),
  -- The version of the leaf that it is about, and the moment at which a later one voided it.
  leaf_version integer not null,
  voided_at timestamptz,
  version integer not null default 1,
  written_by_name text not null,
  written_at timestamptz not null,
  primary key (place_id, evaluation_id, code, layer),
  check ((layer = 'self') = (settled = 'self')),
  -- A school never reads what its county or city says before it is released.
  check (layer = 'self' or school_id is null),
  check (layer = 'city' or place_id = subject_place_id)
);

comment on column evaluation_points.layer is '@type ''self'' | ''county'' | ''city''';
comment on column evaluation_points.answer is '@type unknown';
comment on column evaluation_points.settled is '@type ''self'' | ''one'' | ''mean'' | ''trimmed'' | ''talk'' | ''adopted''';

create index evaluation_points_by_seat on evaluation_points using gin (seats);

-- One person's judgement of a leaf. A row is never changed but for its lists and its end: another judgement is another row.
create table evaluation_scores (
  place_id integer not null references org_units,
  id uuid not null,
  evaluation_id uuid not null,
  campaign_id uuid not null,
  subject_place_id integer not null references org_units,
  code text not null check (length(code) between 1 and 40),
  layer text not null check (layer in ('county', 'city')),
  -- Null for a post of the county that judges without a panel.
  seat_id uuid,
  person_id uuid not null,
  reviewer_name text not null,
  seats uuid[] not null default '{}',
  hidden_from uuid[] not null default '{}',
  answer jsonb,
  -- Null where the leaf does not apply, or is judged without points.
  points text check (is_points(points)),
  reason text not null default '' check (length(reason) <= 2000),
  -- 其余各项同意自评.
  agreed boolean not null,
  -- Another judgement of the leaf was open to the person when this one was given.
  sighted boolean not null,
  leaf_version integer not null,
  -- What the person had before the eyes.
  seen jsonb not null,
  version integer not null,
  -- Goes into the digest in the audit: of a dozen possible points a plain digest tells which.
  salt uuid not null default gen_random_uuid(),
  given_at timestamptz not null,
  -- Another one of the same person took its place, or the leaf changed after it.
  replaced_at timestamptz,
  voided_at timestamptz,
  void_reason text check (length(void_reason) between 2 and 200),
  primary key (place_id, id),
  check ((voided_at is null) = (void_reason is null)),
  check (person_id <> all (hidden_from)),
  check (layer = 'city' or place_id = subject_place_id)
);

comment on column evaluation_scores.layer is '@type ''county'' | ''city''';
comment on column evaluation_scores.answer is '@type unknown';
comment on column evaluation_scores.seen is '@type Record<string, unknown>';

create unique index evaluation_scores_standing on evaluation_scores (place_id, evaluation_id, code, layer, person_id)
  where replaced_at is null and voided_at is null;
create index evaluation_scores_by_leaf on evaluation_scores (place_id, evaluation_id, code, given_at);
create index evaluation_scores_by_person on evaluation_scores (place_id, person_id, given_at);
create index evaluation_scores_by_seat on evaluation_scores using gin (seats);

-- Totals of a layer, for lists. They tell of all leaves at once: no seat reads them, and whoever judges blind sees none before the
-- release. A judge's own page adds up what the judge sees.
create table evaluation_totals (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  layer text not null check (layer in ('self', 'county', 'city')),
  subject_place_id integer not null references org_units,
  school_id integer,
  hidden_from uuid[] not null default '{}',
  total text not null check (is_points(total)),
  -- What it can still become; null where every leaf has its points.
  still_between jsonb,
  certificate jsonb not null,
  written_at timestamptz not null,
  primary key (place_id, evaluation_id, layer),
  check (layer = 'self' or school_id is null)
);

comment on column evaluation_totals.layer is '@type ''self'' | ''county'' | ''city''';
comment on column evaluation_totals.still_between is '@type { readonly from: string; readonly to: string } | null';
comment on column evaluation_totals.certificate is '@type Record<string, unknown>';

-- A difference over the tolerance goes to a talk; all scores are kept. Its row opens them, in one audited act.
create table evaluation_talks (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  code text not null check (length(code) between 1 and 40),
  layer text not null check (layer in ('county', 'city')),
  leaf_version integer not null,
  subject_place_id integer not null references org_units,
  seats uuid[] not null default '{}',
  hidden_from uuid[] not null default '{}',
  spread text check (is_points(spread)),
  opened_by_name text not null,
  opened_at timestamptz not null,
  minutes text not null default '' check (length(minutes) <= 4000),
  points text check (is_points(points)),
  settled_by_name text,
  settled_at timestamptz,
  primary key (place_id, evaluation_id, code, layer, leaf_version),
  check ((settled_at is null) = (settled_by_name is null)),
  check (settled_at is null or points is not null)
);

comment on column evaluation_talks.layer is '@type ''county'' | ''city''';

-- What the panel says to itself or to the subject at a leaf. A word of a judge is as blind as the score.
create table evaluation_remarks (
  place_id integer not null references org_units,
  id uuid not null,
  evaluation_id uuid not null,
  code text not null check (length(code) between 1 and 40),
  subject_place_id integer not null references org_units,
  school_id integer,
  -- `subject`: at the place of the subject, for both sides; `panel`: at the place of the campaign.
  meant_for text not null check (meant_for in ('subject', 'panel')),
  seats uuid[] not null default '{}',
  hidden_from uuid[] not null default '{}',
  body text not null check (length(body) between 1 and 1000),
  person_id uuid not null,
  author_name text not null,
  said_at timestamptz not null,
  primary key (place_id, id),
  check (meant_for = 'panel' or place_id = subject_place_id),
  check (meant_for = 'subject' or school_id is null),
  check (person_id <> all (hidden_from))
);

comment on column evaluation_remarks.meant_for is '@type ''subject'' | ''panel''';

create index evaluation_remarks_by_leaf on evaluation_remarks (place_id, evaluation_id, code, said_at);
create index evaluation_remarks_by_seat on evaluation_remarks using gin (seats);

-- The opinion before it is released, and with its certificate: whoever drafts it does not confirm it.
create table evaluation_opinions (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  subject_place_id integer not null references org_units,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'confirmed')),
  comments jsonb not null default '[]',
  total text check (is_points(total)),
  conclusion text check (length(conclusion) between 1 and 100),
  -- Hash of the edition, engine, facts and day.
  certificate jsonb,
  drafted_by text not null,
  drafted_by_name text not null,
  confirmed_by text,
  confirmed_by_name text,
  confirmed_at timestamptz,
  updated_at timestamptz not null,
  primary key (place_id, evaluation_id),
  check (state <> 'confirmed' or confirmed_by is not null and total is not null),
  check (confirmed_by is distinct from drafted_by)
);

comment on column evaluation_opinions.state is '@type ''draft'' | ''submitted'' | ''confirmed''';
comment on column evaluation_opinions.comments is '@type readonly { readonly kind: ''strength'' | ''weakness'' | ''advice'' | ''highlight''; readonly code: string | null; readonly text: string }[]';
comment on column evaluation_opinions.certificate is '@type Record<string, unknown> | null';

-- The city's points of each leaf as they were released to the subject. They are no layer: nobody counts them twice.
create table evaluation_releases (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  code text not null check (length(code) between 1 and 40),
  school_id integer,
  points text check (is_points(points)),
  reason text not null default '',
  released_at timestamptz not null,
  primary key (place_id, evaluation_id, code),
  foreign key (place_id, evaluation_id) references evaluations
);

-- 陈述申辩: heard or waived by the subject, answered by whoever judges.
create table evaluation_statements (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  id uuid not null,
  school_id integer,
  code text check (length(code) between 1 and 40),
  waived boolean not null default false,
  body text not null default '' check (length(body) <= 4000),
  made_by_name text not null,
  made_on date not null,
  accepted boolean,
  answer text check (length(answer) between 2 and 4000),
  answered_by_name text,
  answered_on date,
  primary key (place_id, id),
  foreign key (place_id, evaluation_id) references evaluations,
  check (waived or length(body) >= 2),
  check ((answered_on is null) = (accepted is null) and (answered_on is null) = (answer is null))
);

create index evaluation_statements_by_evaluation on evaluation_statements (place_id, evaluation_id);

-- What the panel found, until it is raised into the ledger under this id.
create table evaluation_findings (
  place_id integer not null references org_units,
  id uuid not null,
  evaluation_id uuid not null,
  subject_place_id integer not null references org_units,
  code text check (length(code) between 1 and 40),
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  title text not null check (length(title) between 2 and 200),
  body text not null default '' check (length(body) <= 4000),
  -- Whoever has to put it right, at the place of the subject; null until somebody is named.
  duty_type text check (duty_type in ('unit', 'section', 'school')),
  duty_id integer,
  -- The day that the panel proposes; the ledger counts its own when the finding is sent out.
  due_on date,
  entered_by_name text not null,
  entered_at timestamptz not null,
  dropped_at timestamptz,
  raised_at timestamptz,
  primary key (place_id, id),
  check (raised_at is null or dropped_at is null),
  check ((duty_type is null) = (duty_id is null)),
  check (raised_at is null or duty_id is not null)
);

comment on column evaluation_findings.duty_type is '@type ''unit'' | ''section'' | ''school''';

create index evaluation_findings_by_evaluation on evaluation_findings (place_id, evaluation_id);

-- The library of evidence of a unit or a school. Its files hang on it as `evidence`; another version is another item.
create table evidence_items (
  place_id integer not null references org_units,
  id uuid not null,
  unit_id integer not null references org_units,
  school_id integer,
  seats uuid[] not null default '{}',
  title text not null check (length(title) between 1 and 200),
  -- The day that it is about is not the day on which it came in.
  about_day date,
  received_on date not null,
  catalogue_number text check (length(catalogue_number) between 1 and 60),
  box_number text check (length(box_number) between 1 and 60),
  confidentiality text not null default 'open' check (confidentiality in ('open', 'internal', 'sealed')),
  expires_on date,
  replaces_id uuid,
  -- Handed in with an evaluation: its files stay as they are from then on.
  locked_at timestamptz,
  state text not null default 'kept' check (state in ('kept', 'replaced', 'withdrawn')),
  reason text check (length(reason) between 2 and 500),
  entered_by text not null,
  entered_by_name text not null,
  entered_at timestamptz not null,
  revision integer not null default 1,
  updated_at timestamptz not null,
  also_found_by text not null default '',
  search text not null generated always as (
    lower(normalize(title || ' ' || coalesce(catalogue_number, '') || ' ' || coalesce(box_number, '') || ' ' || also_found_by, nfkc))
  ) stored,
  primary key (place_id, id),
  check (replaces_id is distinct from id),
  check (state <> 'withdrawn' or reason is not null)
);

comment on column evidence_items.confidentiality is '@type ''open'' | ''internal'' | ''sealed''';
comment on column evidence_items.state is '@type ''kept'' | ''replaced'' | ''withdrawn''';

create index evidence_items_by_unit on evidence_items (place_id, unit_id, state, received_on);
create index evidence_items_by_school on evidence_items (place_id, school_id, state) where school_id is not null;
create index evidence_items_by_seat on evidence_items using gin (seats);

-- Which item proves which leaf. The item may lie at another place: that of the school before it moved.
create table evidence_links (
  place_id integer not null references org_units,
  evaluation_id uuid not null,
  code text not null,
  evidence_place_id integer not null references org_units,
  evidence_id uuid not null,
  school_id integer,
  seats uuid[] not null default '{}',
  -- Pages, or a region of one.
  page_note text not null default '' check (length(page_note) <= 200),
  linked_by_name text not null,
  linked_at timestamptz not null,
  primary key (place_id, evaluation_id, code, evidence_place_id, evidence_id),
  foreign key (place_id, evaluation_id, code) references evaluation_leaves
);

create index evidence_links_by_item on evidence_links (evidence_id, place_id);

-- Prints of files by which the same is found again. Nobody reads them but a job.
create table evidence_prints (
  place_id integer not null references org_units,
  attachment_id uuid not null,
  kind text not null check (kind in ('picture', 'text')),
  -- An ordinal: a page may have two prints.
  position smallint not null,
  school_id integer,
  evidence_id uuid not null,
  print bytea not null,
  keys integer[] not null,
  primary key (place_id, attachment_id, kind, position)
);

comment on column evidence_prints.kind is '@type ''picture'' | ''text''';
-- Shades and minima do not shrink.
alter table evidence_prints alter column print set storage external;

create index evidence_prints_by_item on evidence_prints (place_id, evidence_id);
-- A print has dozens of keys: what waits in a list would be read by every search.
create index evidence_prints_by_key on evidence_prints using gin (keys) with (fastupdate = off);

-- A hint and no verdict. It names evidence of others, which only the city reads: no seat does.
create table evidence_resemblances (
  place_id integer not null references org_units,
  id uuid not null,
  evaluation_id uuid not null,
  subject_place_id integer not null references org_units,
  code text not null,
  evidence_id uuid not null,
  attachment_id uuid not null,
  other_place_id integer not null references org_units,
  other_evidence_id uuid not null,
  other_attachment_id uuid not null,
  kind text not null check (kind in ('same-file', 'picture', 'text')),
  closeness numeric(5, 4) not null check (closeness between 0 and 1),
  found_at timestamptz not null,
  primary key (place_id, id),
  unique (place_id, evaluation_id, code, attachment_id, other_attachment_id, kind)
);

comment on column evidence_resemblances.kind is '@type ''same-file'' | ''picture'' | ''text''';

select police(policed)
  from unnest(array['evaluations', 'evaluation_steps', 'evaluation_leaves', 'evaluation_handins', 'evaluation_points',
                    'evaluation_totals', 'evaluation_remarks', 'evaluation_releases', 'evaluation_statements', 'evidence_items',
                    'evidence_links', 'evidence_prints']::regclass[]) as policed;
select police(policed, school => null)
  from unnest(array['evaluation_reviewers', 'evaluation_scores', 'evaluation_talks', 'evaluation_opinions',
                    'evaluation_findings', 'evidence_resemblances']::regclass[]) as policed;

-- A seat reads what carries it, and writes nothing by a statement of its own.
-- What is released tells of every branch, so a seat reads the evaluation until then.
alter policy reading on evaluations using (in_place(place_id, school_id) or in_seats(seats) and released_at is null);
alter policy reading on evaluation_steps using (in_place(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_leaves using (in_place(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_points using (in_place(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_scores using (in_place(place_id, null) or in_seats(seats));
alter policy reading on evaluation_talks using (in_place(place_id, null) or in_seats(seats));
alter policy reading on evaluation_remarks using (in_place(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_reviewers using (in_place(place_id, null) or in_campaign(seat_id));
alter policy reading on evidence_items using (in_place(place_id, school_id) or in_seats(seats));
alter policy reading on evidence_links using (in_place(place_id, school_id) or in_seats(seats));

-- The evaluation and its days are written by whoever holds the campaign, not by the subject at whose place they lie. The county of
-- a school takes its self-evaluation in, or sends it back, until the result is released.
alter policy adding on evaluations with check (in_place(place_id, school_id) and in_place(campaign_place_id, null));
alter policy changing on evaluations
  using (in_place(place_id, school_id)
         and (in_place(campaign_place_id, null) or school_id is not null and in_place(place_id, null) and released_at is null));
alter policy adding on evaluation_steps
  with check (in_place(place_id, school_id)
              and (in_place(campaign_place_id, null) or school_id is not null and in_place(place_id, null)));
alter policy changing on evaluation_steps
  using (in_place(place_id, school_id)
         and (in_place(campaign_place_id, null) or school_id is not null and in_place(place_id, null)));
create policy ended on evaluations as restrictive for update to dudao_app using (state = 'open') with check (true);

-- By a statement the subject's own verdict is written alone. The lists of a row are the owner's: a new row hides nothing, and the
-- function that puts it down sets them.
alter policy adding on evaluation_points with check (in_place(place_id, school_id) and layer = 'self' and hidden_from = '{}');
alter policy changing on evaluation_points using (in_place(place_id, school_id) and layer = 'self')
  with check (in_place(place_id, school_id) and layer = 'self');

-- What is hidden is hidden for every statement: a condition for reading alone would not bind a change that reads nothing. It is no
-- condition on a row that somebody writes, because the owner's functions write all that hides anything.
create policy hidden on evaluation_points as restrictive for all to dudao_app
  using (not is_hidden(hidden_from)) with check (true);
create policy hidden on evaluation_scores as restrictive for all to dudao_app
  using (not is_hidden(hidden_from)) with check (true);
create policy hidden on evaluation_totals as restrictive for all to dudao_app
  using (not is_hidden(hidden_from)) with check (true);
create policy hidden on evaluation_talks as restrictive for all to dudao_app
  using (not is_hidden(hidden_from)) with check (true);
create policy hidden on evaluation_remarks as restrictive for all to dudao_app
  using (not is_hidden(hidden_from)) with check (true);

-- What is confirmed stays.
create policy confirmed on evaluation_opinions as restrictive for update to dudao_app using (state <> 'confirmed')
  with check (true);

grant select, insert, update on evaluations, evaluation_steps, evaluation_leaves, evaluation_handins, evaluation_reviewers,
  evaluation_opinions, evaluation_statements, evaluation_findings, evaluation_points, evidence_items to dudao_app;
grant select, insert, delete on evidence_links, evidence_prints to dudao_app;
grant select, insert on evidence_resemblances to dudao_app;
-- Judgements, what surrounds them and what was released: by the functions below alone.
grant select on evaluation_scores, evaluation_totals, evaluation_talks, evaluation_remarks, evaluation_releases to dudao_app;

-- The person of the session; null for a job.
create function own_person() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;

-- Keeps an evaluation where it is until the transaction ends, for whoever writes a part of it: whoever moves it on waits, and two
-- who write do not wait for each other. The subject may not lock the row itself, because it may not change it. Nobody who holds it
-- this way changes the row of the evaluation in the same transaction: two of them would wait for each other for ever.
create function hold_evaluation(place integer, evaluation uuid)
returns table (at_step text, at_state text, opened_again jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  select e.step, e.state, e.returned from evaluations e
   where e.place_id = place and e.id = evaluation and (in_place(e.place_id, e.school_id) or in_seats(e.seats))
     for share;
end
$$;

-- The day of a moment in China.
create function day_of(moment timestamptz) returns date language sql stable parallel safe as $$
  select (moment at time zone 'Asia/Shanghai')::date
$$;

-- Who owes a judgement of a leaf at a layer: whoever scores there and has none that stands. For the owner's functions alone, under
-- the lock of the leaf. Only a panel owes: the county judges by its posts. A seat whose last day is past owes nothing.
create function owing_at(
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
create function kept_from_judges(judged evaluations, of_code text, of_nodes text[], moment timestamptz) returns uuid[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
  if not coalesce((judged.rules ->> 'blind')::boolean, false) then
    return '{}';
  end if;
  return owing_at(judged.campaign_place_id, judged.id, of_code, of_nodes, 'city', moment);
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
-- the one that stands, whosever it is, and puts the own in its place. Where nobody owes a score any more, `standing` holds those
-- that stand, so that the layer is settled without another question.
-- Nobody gives a score for somebody else: the seat is that of the person, whose post a colleague may hold for other acts.
create function give_score(
  place integer, evaluation uuid, of_code text, of_layer text, seat uuid, score uuid, given_answer jsonb, given_points text,
  why text, what_was_seen jsonb, agreeing boolean, read_leaf integer, read_score integer, by_name text, moment timestamptz
) returns table (outcome text, counted integer, still_owing integer, salted uuid, standing jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := own_person();
  judged evaluations;
  leaf evaluation_leaves;
  sitting evaluation_reviewers;
  own evaluation_scores;
  lies integer;
  within boolean;
  is_blind boolean;
  is_shared boolean;
  talking evaluation_talks;
  talked boolean;
  saw_others boolean;
  owed uuid[] := '{}';
  kept_from uuid[] := '{}';
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation for share;
  if not found or me is null or of_layer not in ('county', 'city') then
    raise exception 'an evaluation out of reach' using errcode = 'insufficient_privilege';
  end if;
  lies := case when of_layer = 'city' then judged.campaign_place_id else place end;
  if seat is not null then
    select r.* into sitting from evaluation_reviewers r
     where r.place_id = judged.campaign_place_id and r.evaluation_id = evaluation and r.seat_id = seat and r.person_id = me
       and r.scores and r.ended_on is null and coalesce(r.from_day <= (select day_of(moment)), true)
       and coalesce(r.to_day >= (select day_of(moment)), true);
    within := case when sitting.outside then in_campaign(seat) else in_place(lies, null) end;
    if sitting.seat_id is null or of_layer <> 'city' or within is not true then
      raise exception 'a seat out of reach' using errcode = 'insufficient_privilege';
    end if;
  elsif of_layer <> 'county' or in_place(lies, null) is not true then
    raise exception 'a layer out of reach' using errcode = 'insufficient_privilege';
  end if;
  -- Whoever waited for the step to end comes too late.
  if judged.state <> 'open' or (of_layer = 'county') <> (judged.step = 'countyReview')
     or of_layer = 'city' and judged.step not in ('materialReview', 'siteVisit', 'preliminaryOpinion') then
    return query select 'closed', judged.revision, 0, null::uuid, null::jsonb;
    return;
  end if;

  select l.* into leaf from evaluation_leaves l
   where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code for update;
  if not found or seat is not null and not (sitting.nodes @> '{*}' or sitting.nodes && leaf.nodes) then
    raise exception 'a leaf out of reach' using errcode = 'insufficient_privilege';
  end if;
  if leaf.version <> read_leaf then
    return query select 'leaf-changed', leaf.version, 0, null::uuid, null::jsonb;
    return;
  end if;

  is_blind := seat is not null and coalesce((judged.rules ->> 'blind')::boolean, false);
  is_shared := seat is null or not is_blind and coalesce((judged.rules ->> 'reviewersPerLeaf')::integer, 1) = 1;
  select s.* into own from evaluation_scores s
   where s.place_id = lies and s.evaluation_id = evaluation and s.code = of_code and s.layer = of_layer
     and (is_shared or s.person_id = me) and s.replaced_at is null and s.voided_at is null
   order by s.version desc limit 1;
  if coalesce(own.version, 0) <> read_score then
    return query select 'score-changed', coalesce(own.version, 0), 0, null::uuid, null::jsonb;
    return;
  end if;
  select t.* into talking from evaluation_talks t
   where t.place_id = lies and t.evaluation_id = evaluation and t.code = of_code and t.layer = of_layer
     and t.leaf_version = leaf.version;
  talked := talking.opened_at is not null;
  if talking.settled_at is not null then
    return query select 'settled', coalesce(own.version, 0), 0, null::uuid, null::jsonb;
    return;
  end if;
  -- Whoever has the place could read what was given before the own seat was.
  saw_others := talked or exists (
    select 1 from evaluation_scores s
     where s.place_id = lies and s.evaluation_id = evaluation and s.code = of_code and s.layer = of_layer and s.person_id <> me
       and s.replaced_at is null and s.voided_at is null
       and (me <> all (s.hidden_from) or not sitting.outside and s.given_at < sitting.seated_at));
  if is_blind and own.id is not null and saw_others and not talked then
    return query select 'sighted', own.version, 0, null::uuid, null::jsonb;
    return;
  end if;
  if agreeing and exists (
    select 1 from evaluation_points p
     where p.place_id = place and p.evaluation_id = evaluation and p.code = of_code and p.layer = 'self'
       and me = any (p.hidden_from)
  ) then
    return query select 'blind', coalesce(own.version, 0), 0, null::uuid, null::jsonb;
    return;
  end if;

  if own.id is not null then
    update evaluation_scores s set replaced_at = moment where s.place_id = lies and s.id = own.id;
  end if;
  if not is_shared then
    owed := array_remove(owing_at(lies, evaluation, of_code, leaf.nodes, of_layer, moment), me);
  end if;
  if of_layer = 'county' then
    kept_from := array_remove(kept_from_judges(judged, of_code, leaf.nodes, moment), me);
  elsif is_blind and not talked then
    kept_from := owed;
  end if;
  insert into evaluation_scores (place_id, id, evaluation_id, campaign_id, subject_place_id, code, layer, seat_id, person_id,
    reviewer_name, seats, hidden_from, answer, points, reason, agreed, sighted, leaf_version, seen, version, given_at)
  values (lies, score, evaluation, judged.campaign_id, place, of_code, of_layer, seat, me, by_name,
    case when of_layer = 'city' then leaf.seats else '{}' end, kept_from, given_answer, given_points,
    why, agreeing, saw_others, leaf.version, what_was_seen, coalesce(own.version, 0) + 1, moment);
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
  return query
  select 'given', coalesce(own.version, 0) + 1, cardinality(owed), s.salt,
         case when not talked and cardinality(owed) = 0 then (
           select jsonb_agg(jsonb_build_object('personId', o.person_id, 'points', o.points, 'answer', o.answer, 'adopted', o.agreed)
                            order by o.given_at, o.id)
             from evaluation_scores o
            where o.place_id = lies and o.evaluation_id = evaluation and o.code = of_code and o.layer = of_layer
              and o.replaced_at is null and o.voided_at is null) end
    from evaluation_scores s where s.place_id = lies and s.id = score;
end
$$;

-- Puts down what a layer says of a leaf, which the program has computed from scores that are all open to the person, or a talk has
-- found. `owing`: somebody owes a blind score and there was no talk; `changed`: another has put it down meanwhile, or the leaf is
-- another one, and the person reads it again.
create function settle_leaf(
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
    update evaluation_talks t set points = given_points, minutes = said, settled_by_name = by_name, settled_at = moment
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

-- Opens every score of a leaf for a talk: whoever leads, and the judge after whose score nobody owes one. Whoever leads and still
-- owes the own blind score gives it first. False where it is open.
create function open_scores(
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
  if judged.id is null or of_layer not in ('county', 'city') or me is null then
    raise exception 'a talk out of reach' using errcode = 'insufficient_privilege';
  end if;
  select l.* into leaf from evaluation_leaves l
   where l.place_id = place and l.evaluation_id = evaluation and l.code = of_code for update;
  owed := owing_at(lies, evaluation, of_code, leaf.nodes, of_layer, moment);
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

-- Sets the lists of one evaluation anew after its reviewers changed or its rows came: which seats read each leaf and what is said
-- there, and from whom it is hidden. It is run for whoever holds the campaign, as often as one likes. Leaves are locked in the
-- order of their codes, as by whoever writes several. A leaf whose scores were opened for a talk stays open. Seats whose last day
-- is past at the moment owe and read nothing; without a moment none is.
create function owe_scores(place integer, evaluation uuid, moment timestamptz default null) returns integer
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
create function void_scores(place integer, evaluation uuid, of_code text, why text, moment timestamptz) returns integer
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

-- Says something at a leaf. A word to the panel is hidden from those who owe their score; a word to the subject is read by all who
-- read the leaf, and whoever owes a blind score says none to the panel before it.
create function add_remark(
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

-- Writes the total of a layer. Before the release it is hidden from everybody who judges blind.
create function write_total(
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

-- Releases the opinion: copies the city's points of each leaf to the subject, with total, conclusion, comments and findings as they
-- stand at the city. Run again after a statement was accepted, or the result was confirmed, it brings the copy up to date. The act counts
-- the revision of the evaluation. Nothing is released while somebody owes a blind score or a judgement is void. Says which leaves.
create function release_results(place integer, evaluation uuid, due date, moment timestamptz) returns setof text
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
  if said.evaluation_id is null or said.total is null or exists (
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
         opinion = jsonb_build_object('comments', said.comments, 'findings', found)
   where e.place_id = place and e.id = evaluation;
  update evaluation_totals t set hidden_from = '{}' where t.place_id in (place, lies) and t.evaluation_id = evaluation;
  return query
  insert into evaluation_releases as r (place_id, evaluation_id, code, school_id, points, reason, released_at)
  select place, p.evaluation_id, p.code, judged.school_id, p.points, p.reason, moment from evaluation_points p
   where p.place_id = lies and p.evaluation_id = evaluation and p.layer = 'city'
  on conflict (place_id, evaluation_id, code) do update
     set points = excluded.points, reason = excluded.reason, released_at = excluded.released_at
  returning r.code;
end
$$;

-- Files of evidence are read by the seats that read a leaf which it proves. The campaign of an attachment stays what it was.
alter table attachments add column seats uuid[] not null default '{}';
create index attachments_by_seat on attachments using gin (seats);
alter policy reading on attachments using (in_place(place_id, school_id) or in_campaign(campaign_id) or in_seats(seats));

-- Sets the seats of an item of evidence, its links at one place and its files anew: after a link, a file or the seats of a leaf
-- came or went. What is sealed is read by no seat. Run for the subject whose item it is, or whoever holds the campaign.
create function show_evidence(place integer, evidence uuid) returns void
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

-- As before; the files of evidence that was handed in stay too: another version is another item.
create or replace function assert_files_open(place integer, type text, subject uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given integer;
  handed_in timestamptz;
begin
  if type = 'letter-receipt' then
    raise exception 'the files of a letter that came' using errcode = 'insufficient_privilege';
  end if;
  if type = 'letter' then
    select l.number into given from letters l where l.place_id = place and l.id = subject for share;
    if given is not null then
      raise exception 'the files of a letter with its number' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if type = 'evidence' then
    select i.locked_at into handed_in from evidence_items i where i.place_id = place and i.id = subject for share;
    if handed_in is not null then
      raise exception 'the files of evidence that was handed in' using errcode = 'insufficient_privilege';
    end if;
  end if;
end
$$;

-- As before, and what a seat reads.
create or replace function scans_of(type text, subject uuid, place integer) returns table (attachment uuid, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.id, c.scan from attachments a join file_contents c on c.hash = a.file_hash
   where a.place_id = place and a.subject_type = type and a.subject_id = subject and a.detached_at is null
     and (in_place(a.place_id, a.school_id) or in_campaign(a.campaign_id) or in_seats(a.seats));
end
$$;

create or replace function open_attachment(attachment uuid)
returns table (place_id integer, school_id integer, subject_type text, subject_id uuid, hash text, name text, size bigint,
  media_type text, added_by text, sensitive text, purpose text, keep_until date, openers text, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.place_id, a.school_id, a.subject_type, a.subject_id, a.file_hash, a.name, a.size, a.media_type, a.added_by,
         a.sensitive, a.purpose, a.keep_until, a.openers, c.scan
    from attachments a join file_contents c on c.hash = a.file_hash
   where a.id = attachment and a.detached_at is null and a.removed_at is null
     and a.place_id = any (nullif(current_setting('app.places', true), '')::integer[]) and in_place(a.place_id, a.school_id)
  union all
  select a.place_id, a.school_id, a.subject_type, a.subject_id, a.file_hash, a.name, a.size, a.media_type, a.added_by,
         a.sensitive, a.purpose, a.keep_until, a.openers, c.scan
    from attachments a join file_contents c on c.hash = a.file_hash
   where a.id = attachment and a.detached_at is null and a.removed_at is null
     and not coalesce(in_place(a.place_id, a.school_id), false) and (in_campaign(a.campaign_id) or in_seats(a.seats))
   limit 1;
end
$$;

-- Of how many evaluations somebody answers leaves: a count alone, because the administrator who asks reads no business.
create function open_leaves_of(person uuid, place integer, school integer) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    select count(distinct l.evaluation_id) from evaluation_leaves l
      join evaluations e on e.place_id = l.place_id and e.id = l.evaluation_id
     where l.place_id = place and l.responsible_id = person and e.state = 'open' and e.school_id is not distinct from school
  );
end
$$;

grant execute on function open_leaves_of, hold_evaluation, give_score, settle_leaf, open_scores, owe_scores, void_scores, add_remark, write_total,
  release_results, show_evidence to dudao_app;

-- As before, and beside the reviewer of each evaluation, where a page of judging reads it.
create or replace function mark_edition_read(place integer, seat uuid, moment timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  marked boolean;
begin
  update campaign_seats s set read_edition_at = moment
   where s.place_id = place and s.id = seat and s.ended_on is null and s.read_edition_at is null and of_person(s.person_id)
     and (in_place(s.place_id, null) or in_campaign(s.id));
  marked := found;
  update evaluation_reviewers r set read_edition_at = moment
   where r.place_id = place and r.seat_id = seat and r.read_edition_at is null and of_person(r.person_id)
     and (in_place(r.place_id, null) or in_campaign(r.seat_id));
  return marked;
end
$$;

-- What shares keys with a print, the most shared first. No index serves the overlap of two arrays beneath a policy, so the owner looks
-- and asks the reach of whoever calls. A plan for all values: by the lists of one call the planner would add the primary key.
create function find_print_candidates(probes integer[], kind_of text, own uuid, shared_least integer, most integer)
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

grant execute on function find_print_candidates to dudao_app;

-- As before, and the prints of what goes: the print of a picture is a small picture.
create or replace function remove_attachments_over(day date)
returns table (place integer, attachment uuid, school integer, type text, subject uuid, file_name text, meant_for text,
  kept date, hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_day date := least(day, (clock_timestamp() at time zone 'Asia/Shanghai')::date) - 8;
  held text[];
  gone integer;
  proof text;
  first_day date;
  newest_day date;
begin
  if exists (select 1 from retention_holds h where h.kind = 'files' and h.lifted_at is null) then
    return;
  end if;
  select coalesce(array_agg(s.subject_type), '{}') into held
    from (select unnest(t.subjects) as subject_type from retention_terms t
           where exists (select 1 from retention_holds h where h.kind = t.kind and h.lifted_at is null)) s;
  update attachments a set removed_at = now(), removed_by = '夜间任务'
   where a.keep_until <= last_day and a.period_written_at <= now() - interval '7 days' and a.removed_at is null
     and a.subject_type <> all (held);
  -- No other transaction has this moment: a second server waits for the job of the first.
  select count(*)::integer, min(a.keep_until), max(a.keep_until),
         encode(sha256(string_agg(sha256(convert_to(to_jsonb(a)::text, 'UTF8')), ''::bytea order by a.place_id, a.id)), 'hex')
    into gone, first_day, newest_day, proof
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
  insert into retention_proofs as p (kind, checked_at, removed_at, removed, digest, oldest, newest)
  select 'marked-files', now(), case when gone > 0 then now() end, nullif(gone, 0), proof,
         first_day at time zone 'Asia/Shanghai', newest_day at time zone 'Asia/Shanghai'
  on conflict (kind) do update
     set checked_at = excluded.checked_at,
         removed_at = coalesce(excluded.removed_at, p.removed_at),
         removed = coalesce(excluded.removed, p.removed),
         digest = coalesce(excluded.digest, p.digest),
         oldest = coalesce(excluded.oldest, p.oldest),
         newest = coalesce(excluded.newest, p.newest);
  delete from evidence_prints p using attachments a
   where a.keep_until <= last_day and a.removed_at = now() and a.place_id = p.place_id and a.id = p.attachment_id;
  return query
  select a.place_id, a.id, a.school_id, a.subject_type, a.subject_id, a.name, a.purpose, a.keep_until, a.file_hash
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
end
$$;

insert into retention_terms (position, kind, title, covers, years, least_years, removal, basis, sample, subjects)
  select max(position) + 1, 'evaluations', '督导评估', '评估、自评、评分、商议、意见、申辩、发现的问题和证据材料', null, 1, 'never',
         '示例：评估结果及其依据材料，正式期限以本机关的期限表为准', true, '{evaluation,evidence,evaluation-statement}'
    from retention_terms;

-- The roles of an installation get what belongs to them, beside what the city has given them. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

-- 外聘的督导组成员: comes by the seats of campaigns alone. An installation may have a role of this key or name of its own, which stays.
insert into roles (key, name, reach, separated, second_factor, sort_order, permissions) values
  ('expert', '督导组成员（外聘）', 'campaign', false, false, 10, '{evaluation.judge}')
on conflict do nothing;

update roles
   set permissions = permissions || array(
         select one from unnest(given.added) with ordinality as more (one, at) where one <> all (permissions) order by at
       )
  from (values
    ('city-officer', '{evaluation.read,evaluation.judge,evaluation.conclude}'::text[]),
    ('section-officer', '{evaluation.read,evaluation.judge}'::text[]),
    ('county-director', '{evaluation.read,evaluation.answer,evaluation.confirm,evaluation.judge}'::text[]),
    ('county-officer', '{evaluation.read,evaluation.answer,evaluation.judge}'::text[]),
    ('school-head', '{evaluation.read,evaluation.answer,evaluation.confirm}'::text[]),
    ('school-clerk', '{evaluation.read,evaluation.answer}'::text[])
  ) as given (role, added)
 where roles.key = given.role;

select set_config('app.recorded', '', true);
