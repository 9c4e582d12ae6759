import type { z } from 'zod';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import type { grant, personDetail, personSummary } from '#contract/people/people.ts';
import type { StandingPost } from '#core/access/grant/grants.store.ts';
import type { StandInRow } from '#core/access/grant/stand-ins.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { maskedMobile } from '#domain/access/mobile.ts';
import { needsTwoPeople } from '#domain/access/separation.ts';
import type { findPersonDetail, PersonRow, PostRow } from './people.store.ts';

/** A row of the list in the form of the contract. */
export function summaryOf(row: PersonRow, grants: readonly PostRow[]): z.input<typeof personSummary> {
  const posts = grants.filter((post) => post.personId === row.id && post.revokedAt === null).map(postOf);
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    phone: row.phone,
    status: row.status,
    grant: posts[0] ?? null,
    posts,
    passwordPending: row.passwordPending,
    locked: row.locked,
    guessed: row.guessed && { ...row.guessed, since: new Date(row.guessed.since).toISOString() },
    secondFactorEnabled: row.secondFactor,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}

function postOf(row: PostRow): z.input<typeof grant> {
  return {
    grantId: row.grantId,
    role: row.role,
    roleName: row.roleName,
    reach: row.reach,
    unitId: row.unitId,
    unitName: row.unitName,
    schoolId: row.schoolId,
    schoolName: row.schoolName,
    sectionId: row.sectionId,
    sectionName: row.sectionName,
    sectionLapsed: row.sectionLapsed,
    grantedAt: row.grantedAt.toISOString(),
  };
}

/** The page of one account, with what this administrator may do to it. */
export function detailOf(
  row: NonNullable<Awaited<ReturnType<typeof findPersonDetail>>>,
  given: {
    readonly grants: readonly PostRow[];
    /** Standing posts, and those for which the person stands in: what makes an account one that takes two people. */
    readonly held: readonly Pick<StandingPost, 'separated' | 'secondFactor' | 'permissions'>[];
    readonly standIns: readonly StandInRow[];
  },
  actor: Actor,
): z.input<typeof personDetail> {
  const manages = holds(actor, 'people.manage');
  const mayGrant = holds(actor, 'role.grant');
  const grants = mayGrant && row.id !== actor.userId;
  const other = manages && row.id !== actor.userId;
  const guarded = given.held.some(needsTwoPeople);
  const summary = summaryOf(row, given.grants);
  return {
    ...summary,
    revision: row.revision,
    guarded: guarded && other,
    mobile: row.mobile && maskedMobile(row.mobile),
    mobileAsked: row.mobileAsked && maskedMobile(row.mobileAsked),
    createdAt: row.createdAt.toISOString(),
    passwordChangedAt: row.passwordChangedAt?.toISOString() ?? null,
    sessions: row.sessions,
    tokens: row.tokens,
    history: given.grants
      .slice(0, newestEntries)
      .map((one) => ({ ...postOf(one), revokedAt: one.revokedAt?.toISOString() ?? null })),
    standIns: given.standIns.map((one) => ({
      ...{ id: one.id, grantId: one.grantId, personId: one.personId, personName: one.personName },
      ...{ principalId: one.principalId, principalName: one.principalName, roleName: one.roleName, until: one.until },
    })),
    can: {
      update: manages,
      resetPassword: other && !guarded && row.status === 'active',
      unlock: manages && row.locked,
      disable: other && row.status === 'active',
      enable: other && !guarded && row.status === 'disabled',
      endSessions: manages && row.sessions > 0,
      removeSecondFactor: other && !guarded && row.secondFactor,
      propose: other,
      grant: grants && row.status === 'active',
      revoke: grants && summary.posts.length > 0,
      standIn: mayGrant,
      setMobile: grants && row.status === 'active',
    },
  };
}
