import type { AuditEntry } from '#core/audit/audit.store.ts';

type Told = Pick<AuditEntry, 'fields' | 'before' | 'after'>;

/** The audit row of an act on one person. */
export function recordOfPerson(personId: string, action: string, what: Told = {}): AuditEntry {
  return { action, objectType: 'person', objectId: personId, ...what };
}

/** The audit row of an act on one role. */
export function recordOfRole(role: string, action: string, what: Told = {}): AuditEntry {
  return { action, objectType: 'role', objectId: role, ...what };
}

/** The audit row of an act on a set of posts; the set stands for its posts, which lie in many places. */
export function recordOfSet(setId: string, action: string, what: Told = {}): AuditEntry {
  return { action, objectType: 'post', objectId: setId, ...what };
}
