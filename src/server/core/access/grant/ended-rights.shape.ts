import type { Day } from '#domain/kit/school-year.ts';
import type { AuditEntry } from '../../audit/audit.store.ts';

/** The audit row of a stand-in that ends, whoever or whatever ends it. */
export function recordOfEndedStandIn(standIn: {
  readonly id: string;
  readonly grantId: string;
  readonly personName: string;
  readonly roleName: string;
  readonly until: Day;
}): AuditEntry {
  const { id, grantId, personName, roleName, until } = standIn;
  const before = { standIn: id, person: personName, role: roleName, until };
  return { action: 'post.standInEnded', objectType: 'post', objectId: grantId, before, after: null };
}

/**
 * The audit row of an assignment that ends, whoever or whatever ends it.
 * @param after why it ends, where nobody decided it
 */
export function recordOfEndedAssignment(
  assignment: {
    readonly id: string;
    readonly grantId: string;
    readonly personId: string;
    readonly role: string;
    readonly schoolId: number | null;
    readonly place: string | null;
    readonly from: Day;
    readonly to: Day | null;
  },
  after: { readonly reason: string } | null,
): AuditEntry {
  const { id, grantId, personId, role, schoolId, place, from, to } = assignment;
  const before = { role, schoolId, place, from, until: to, post: grantId, assignment: id };
  return { action: 'assignment.ended', objectType: 'person', objectId: personId, before, after };
}
