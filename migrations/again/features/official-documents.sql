-- Where a letter stands, for the feature that asked for it or that it is about: a line for each thing that it is about, and
-- one without where it is about none. A letter that few may read is not among them.
create view letter_standings with (security_invoker = true) as
select l.place_id, l.id as letter_id, l.source_type, l.source_id, t.subject_type, t.subject_id, l.title, l.state,
       l.number_text, l.issued_on, coalesce(r.recipients, 0)::int as recipients, coalesce(r.received, 0)::int as received
  from letters l
  left join letter_ties t on t.place_id = l.place_id and t.letter_id = l.id
  left join (
    select place_id, letter_id, count(*) as recipients, count(received_at) as received
      from letter_recipients group by place_id, letter_id
  ) r on r.place_id = l.place_id and r.letter_id = l.id
 where not l.restricted;

comment on column letter_standings.place_id is '@notNull';
comment on column letter_standings.letter_id is '@notNull';
comment on column letter_standings.title is '@notNull';
comment on column letter_standings.state is '@notNull';
comment on column letter_standings.recipients is '@notNull';
comment on column letter_standings.received is '@notNull';

grant select on letter_standings to dudao_app;

-- Refuses a change of the files of a letter that has its number. The letter is kept until the transaction ends, so that nobody numbers it
-- meanwhile. For the functions of files alone.
create function assert_letter_files_open(place integer, letter uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  given integer;
begin
  select l.number into given from letters l where l.place_id = place and l.id = letter for share;
  if given is not null then
    raise exception 'the files of a letter with its number' using errcode = 'insufficient_privilege';
  end if;
end
$$;
