-- When a personal access token spoke for the person, its id. It stands last in the hash of a row, and only where there
-- is one, so that what was sealed before reads as it did.
alter table audit_events add column token_id text;
grant insert (token_id) on audit_events to dudao_app;

-- Sealing is no longer in the program's hands: it may ask for the next link, and what that link says the database
-- computes. A link made up by the program could have ended the chain, or covered what was never looked at. Verifying
-- stays in the program (src/server/core/audit/chain.ts has the same texts, and a test holds them together).
--
-- Takes the rows of all transactions that are older than every running one and not sealed yet, at most up to the
-- transaction of the fifty thousandth, so that a long backlog is sealed in bites. No row: nothing to seal, or another
-- server is at it.
revoke insert on audit_seals from dudao_app;

create function seal_audit_events() returns setof audit_seals
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  last audit_seals;
  next audit_seals;
begin
  -- Any number does; every sealer of every server asks for this one.
  if not pg_try_advisory_xact_lock(1936023916) then
    return;
  end if;
  select * into last from audit_seals order by position desc limit 1;
  next.position := coalesce(last.position, 0) + 1;
  next.from_transaction := coalesce(last.to_transaction, '0'::xid8);
  next.previous_hash := coalesce(last.hash, repeat('0', 64));
  next.to_transaction := pg_snapshot_xmin(pg_current_snapshot());
  next.to_transaction := coalesce(
    (select (e.transaction_id::text::bigint + 1)::text::xid8
       from audit_events e
      where e.transaction_id >= next.from_transaction and e.transaction_id < next.to_transaction
      order by e.transaction_id offset 49999 limit 1),
    next.to_transaction);
  select count(*), min(e.id), max(e.id),
         encode(sha256(string_agg(sha256(convert_to((jsonb_build_array(
           e.county_id, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.transaction_id::text,
           e.actor_id, e.actor_name, e.actor_role, e.address, e.action, e.object_type, e.object_id, e.school_id,
           e.fields, e.before, e.after, e.request_id
         ) || case when e.token_id is null then '[]' else jsonb_build_array(e.token_id) end)::text, 'UTF8')),
         ''::bytea order by e.id)), 'hex')
    into next.row_count, next.first_id, next.last_id, next.rows_hash
    from audit_events e
   where e.transaction_id >= next.from_transaction and e.transaction_id < next.to_transaction;
  if next.row_count = 0 then
    return;
  end if;
  next.hash := encode(sha256(convert_to(concat_ws('|', next.position, next.from_transaction, next.to_transaction,
    next.first_id, next.last_id, next.row_count, next.rows_hash, next.previous_hash), 'UTF8')), 'hex');
  next.sealed_at := clock_timestamp();
  insert into audit_seals values (next.*);
  return next next;
end
$$;

revoke execute on function seal_audit_events from public;
grant execute on function seal_audit_events to dudao_app;
