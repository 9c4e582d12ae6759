-- Moves another try of a mail behind the quiet hours of its person: whatever made it due, the hours hold. Returns how many notices
-- are in it.
create function postpone_deliveries(at_place integer, of_person uuid, first_message text, until timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  postponed integer;
begin
  update notice_deliveries d set due_at = until
   where d.place_id = at_place and d.person_id = of_person and d.message_id = first_message and d.due_at < until
     and (d.state = 'waiting' or d.state = 'uncertain' and not d.repeated);
  get diagnostics postponed = row_count;
  return postponed;
end
$$;

-- How many mails have failed since a moment, and when the first of them was written: for the operator, who reads no notice.
create function failed_deliveries(since timestamptz) returns table (failed bigint, first_made timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select count(*), min(d.created_at) from notice_deliveries d where d.state = 'failed' and d.created_at >= since;
end
$$;

grant execute on function postpone_deliveries, failed_deliveries to dudao_app;
