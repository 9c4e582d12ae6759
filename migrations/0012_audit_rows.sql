-- One act, one row. What our own transactions do to the tables of signing in is told by the row of the act, which names
-- the person, the address and the request; they say so (`app.recorded` = `on`). What better-auth writes to people,
-- accounts and second factors on connections of its own (`sign-in`) is told here, in the transaction that writes it and
-- in the name of the person whose row it is; silent stays what every sign-in does and its own row tells: sessions, half
-- sign-ins, and the count of wrong codes. And whoever writes without saying anything, by hand or by another program, is
-- told here too, with the name and address of the database connection and nobody else's.
create or replace function audit_row() returns trigger language plpgsql as $$
declare
  shown text[] := tg_argv[1]::text[];
  recorded text := coalesce(current_setting('app.recorded', true), '');
  old_row jsonb;
  new_row jsonb;
  whole jsonb;
  changed text[];
begin
  if recorded = 'on' or recorded = 'sign-in' and tg_table_name in ('sessions', 'verifications') then
    return null;
  end if;
  old_row := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  new_row := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  whole := old_row || new_row;
  select coalesce(array_agg(key order by key), '{}') into changed
    from jsonb_each(whole)
   where old_row -> key is distinct from new_row -> key
     and key not in ('updated_at', 'last_seen_at', 'initials')
     and not (recorded = 'sign-in' and key = 'failed_verification_count')
     and (tg_op = 'UPDATE' or value <> 'null'::jsonb);
  if changed = '{}' then
    return null;
  end if;
  insert into audit_events (actor_id, actor_name, address, action, object_type, object_id, fields, before, after)
  values (
    case when recorded = 'sign-in' then
      coalesce(whole ->> 'user_id', case when tg_table_name = 'people' then whole ->> 'id' end)
    end,
    case when recorded <> 'sign-in' then session_user end,
    case when recorded <> 'sign-in' then host(inet_client_addr()) end,
    tg_argv[0] || case tg_op when 'INSERT' then '.inserted' when 'UPDATE' then '.updated' else '.deleted' end,
    tg_argv[0],
    whole ->> 'id',
    changed,
    case when tg_op <> 'INSERT' then
      (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(old_row) where key = any (shown) and key = any (changed))
    end,
    case when tg_op <> 'DELETE' then
      (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(new_row) where key = any (shown) and key = any (changed))
    end
  );
  return null;
end
$$;

-- A row that better-auth has made is no session yet: it becomes one when it is first seen, in the transaction that
-- records the sign-in. Of a server that is killed in between nothing stays that anybody could use.
alter table sessions alter last_seen_at set default '-infinity';
