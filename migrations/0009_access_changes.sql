-- A server may keep for seconds what it knows of a session. Whatever takes a right away, or gives one, is announced at
-- the commit of the act, so that every server forgets at once. "Last seen" changes no right and is not announced.
create function announce_access_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('access_changed', tg_table_name);
  return null;
end
$$;

create trigger announce_sessions after delete or update of token, user_id, expires_at on sessions
  for each statement execute function announce_access_change();
create trigger announce_people
  after delete or update of name, username, status, must_change_password, password_changed_at, two_factor_enabled
  on people for each statement execute function announce_access_change();
create trigger announce_grants after insert or update or delete on grants
  for each statement execute function announce_access_change();
create trigger announce_roles after insert or update or delete on roles
  for each statement execute function announce_access_change();
create trigger announce_access_tokens after delete or update of permissions, expires_at, revoked_at on access_tokens
  for each statement execute function announce_access_change();
create trigger announce_settings after insert or update or delete on settings
  for each statement execute function announce_access_change();
create trigger announce_org_units after insert or update or delete on org_units
  for each statement execute function announce_access_change();
