-- The program adds what was done and by whom. When it was done and in which transaction, the database says: otherwise a
-- row could be dated back, or slipped in behind a seal, which would break the chain for good.
revoke insert on audit_events from dudao_app;
grant insert (
  county_id, actor_id, actor_name, actor_role, address, action, object_type, object_id, school_id, fields, before, after,
  request_id
) on audit_events to dudao_app;
