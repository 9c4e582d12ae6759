import type { z } from 'zod';
import type { personDetail, personSummary } from '#contract/people/people.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { needsTwoPeople } from '#domain/access/separation.ts';
import type { findPersonDetail, grantHistory, PersonRow } from './people.store.ts';

/** A row of the list as the contract tells it. */
export function summaryOf(row: PersonRow): z.input<typeof personSummary> {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    phone: row.phone,
    status: row.status,
    grant:
      row.role === null || row.granted_at === null
        ? null
        : {
            role: row.role,
            roleName: row.role_name ?? row.role,
            unitId: row.unit_id,
            unitName: row.unit_name,
            schoolId: row.school_id,
            schoolName: row.school_name,
            grantedAt: row.granted_at.toISOString(),
          },
    passwordPending: row.password_pending,
    locked: row.locked,
    secondFactorEnabled: row.second_factor,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  };
}

/** The page of one account, with what this administrator may do to it. */
export function detailOf(
  row: NonNullable<Awaited<ReturnType<typeof findPersonDetail>>>,
  history: Awaited<ReturnType<typeof grantHistory>>,
  actor: Actor,
): z.input<typeof personDetail> {
  const manages = holds(actor, 'people.manage');
  const grants = holds(actor, 'role.grant') && row.id !== actor.userId;
  const other = manages && row.id !== actor.userId;
  const guarded = needsTwoPeople({ separated: row.separated === true, secondFactor: row.role_needs_factor === true });
  return {
    ...summaryOf(row),
    revision: row.revision,
    guarded: guarded && other,
    createdAt: row.created_at.toISOString(),
    passwordChangedAt: row.password_changed_at?.toISOString() ?? null,
    sessions: row.sessions,
    tokens: row.tokens,
    history: history.map((grant) => ({
      ...grant,
      grantedAt: grant.grantedAt.toISOString(),
      revokedAt: grant.revokedAt?.toISOString() ?? null,
    })),
    can: {
      update: manages,
      resetPassword: other && !guarded && row.status === 'active',
      unlock: manages && row.locked,
      disable: other && row.status === 'active',
      enable: other && !guarded && row.status === 'disabled',
      endSessions: manages && row.sessions > 0,
      removeSecondFactor: other && !guarded && row.second_factor,
      grant: grants && row.status === 'active',
      revoke: grants && row.role !== null,
    },
  };
}
