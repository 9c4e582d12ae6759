-- What is kept for how long stands in reference/retention. A hold stops the removal of a kind, for a case, a complaint or an
-- inspection, until it is lifted; it stays as a record.
create table retention_holds (
  id uuid primary key,
  kind text not null check (length(kind) between 1 and 40),
  reason text not null check (length(reason) between 1 and 500),
  placed_at timestamptz not null default now(),
  placed_by text not null,
  lifted_at timestamptz,
  lifted_by text,
  check ((lifted_at is null) = (lifted_by is null))
);

create index retention_holds_by_kind on retention_holds (kind) where lifted_at is null;

-- A hold stays as it was placed; it is only lifted.
grant select, insert on retention_holds to dudao_app;

-- Lifts all holds of a kind. A hold is never rewritten, so this is the only way in which one changes.
create function lift_holds(held_kind text, moment timestamptz, person_name text)
returns table (hold uuid, of_kind text, why text, since timestamptz, placed text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  update retention_holds h set lifted_at = moment, lifted_by = person_name
   where h.kind = held_kind and h.lifted_at is null
  returning h.id, h.kind, h.reason, h.placed_at, h.placed_by;
end
$$;

grant execute on function lift_holds to dudao_app;

-- Removes the rows of a kind that are older than a moment, and answers with their number and the digest of what they held: the
-- SHA-256 over the SHA-256 of each row, in the order of the key. The application's role may delete none of these rows itself.
-- Nothing younger than a year goes, whatever the program asks for, and nothing that is held.
create function remove_outdated(kept_kind text, before timestamptz)
returns table (removed integer, digest text, oldest timestamptz, newest timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if before > now() - interval '360 days' then
    raise exception 'rows of the last year are never removed' using errcode = 'check_violation';
  end if;
  if exists (select 1 from retention_holds h where h.kind = kept_kind and h.lifted_at is null) then
    raise exception 'rows of this kind are held' using errcode = 'check_violation';
  end if;
  if kept_kind = 'notices' then
    delete from notice_reads r using notices n
     where n.place_id = r.place_id and n.id = r.notice_id and n.sent_at < before;
    return query
      with gone as (delete from notices n where n.sent_at < before returning n.place_id, n.id, n.sent_at as at, to_jsonb(n) as kept)
      select count(*)::integer,
             encode(sha256(string_agg(sha256(convert_to(kept::text, 'UTF8')), ''::bytea order by place_id, id)), 'hex'),
             min(at), max(at)
        from gone;
  elsif kept_kind = 'setup-links' then
    return query
      with gone as (delete from setup_links l where l.expires_at < before returning l.hash, l.expires_at as at, to_jsonb(l) as kept)
      select count(*)::integer,
             encode(sha256(string_agg(sha256(convert_to(kept::text, 'UTF8')), ''::bytea order by hash)), 'hex'),
             min(at), max(at)
        from gone;
  else
    raise exception 'rows of this kind are not removed' using errcode = 'check_violation';
  end if;
end
$$;

grant execute on function remove_outdated to dudao_app;
