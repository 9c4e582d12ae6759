import { describe, expect, it } from 'vitest';
import type { Actor, ActorLevel } from '#domain/access/actor.ts';
import { initialRolePermissions, type Permission, type RoleKey } from '#domain/access/permissions.ts';
import {
  type FilingAction,
  type FilingSubject,
  filingFlow,
  fillObstacle,
  nextFilingState,
  permittedFilingActs,
  submitObstacles,
} from './flow.ts';
import { type FilingState, filingStates } from './state.ts';

function person(role: RoleKey, level: ActorLevel, unitId: number | null, schoolId: number | null = null): Actor {
  return {
    ...{ userId: role, username: role, name: role, role, level, unitId, schoolId, sectionId: null, tokenId: null },
    ...{ post: null, principal: null },
    permissions: new Set(initialRolePermissions[role]),
  };
}
const head = person('school-head', 'school', 3, 7);
const clerk = person('school-clerk', 'school', 3, 7);
const neighbour = person('school-head', 'school', 3, 8);
const officer = person('county-officer', 'county', 3);
const director = person('county-director', 'county', 3);
const otherDirector = person('county-director', 'county', 4);
const city = person('city-officer', 'city', 2);
const section = person('section-officer', 'city', 2);
const everybody = { head, clerk, neighbour, officer, director, otherDirector, city, section };

function filing(changed: Partial<FilingSubject> = {}): FilingSubject {
  return {
    ...{ state: 'draft', countyId: 3, schoolId: 7, managedBy: 'county', accounts: { head: true, clerk: true } },
    ...{ hardFindings: 0, unexplained: 0, submittedBefore: false, sentBack: false, checked: false },
    ...{
      partlyOpen: false,
      closed: false,
      extended: false,
      periodOpen: true,
      opensLater: null,
      archived: null,
      released: null,
    },
    ...changed,
  };
}

function whoMay(action: FilingAction, subject: FilingSubject): string[] {
  return Object.entries(everybody)
    .filter(([, actor]) => permittedFilingActs(subject, actor)[action])
    .map(([name]) => name);
}

describe('who does what', () => {
  it.each<[FilingState, FilingAction, string[]]>([
    ['draft', 'fill', ['head', 'clerk', 'officer']],
    ['draft', 'submit', ['head']],
    ['submitted', 'withdraw', ['head']],
    ['submitted', 'fill', []],
    ['submitted', 'return', ['officer', 'director']],
    ['submitted', 'check', ['officer']],
    ['submitted', 'uncheck', []],
    ['draft', 'check', []],
    ['submitted', 'approve', ['director']],
    ['approved', 'accept', ['city']],
    ['approved', 'return', ['city']],
    ['approved', 'reopen', ['director']],
    ['accepted', 'reopen', ['city']],
    ['accepted', 'fill', []],
    ['draft', 'remind', ['officer', 'director', 'city']],
    ['draft', 'extend', ['officer', 'director']],
    ['submitted', 'comment', ['head', 'clerk', 'officer', 'director', 'city']],
  ])('%s: %s is for %j', (state, action, people) => expect(whoMay(action, filing({ state }))).toEqual(people));

  it.each<[FilingState, FilingAction, string[]]>([
    ['draft', 'fill', ['head', 'clerk']],
    ['submitted', 'return', ['city']],
    ['submitted', 'approve', ['city']],
    ['approved', 'accept', ['city']],
    ['accepted', 'reopen', ['city']],
  ])('市直: %s: %s is for %j', (state, action, people) =>
    expect(whoMay(action, filing({ state, managedBy: 'city' }))).toEqual(people),
  );

  it('the city approves a 市直 school straight into the accepted set', () => {
    expect(nextFilingState('approve', filing({ state: 'submitted', managedBy: 'city' }), city)).toEqual({
      ok: true,
      to: 'accepted',
    });
    expect(nextFilingState('approve', filing({ state: 'submitted' }), director)).toEqual({ ok: true, to: 'approved' });
  });

  it('a check moves nothing, is taken back by whoever may check, and is no act of a person who may approve', () => {
    expect(nextFilingState('check', filing({ state: 'submitted' }), officer)).toEqual({ ok: true, to: 'submitted' });
    expect(whoMay('check', filing({ state: 'submitted', checked: true }))).toEqual([]);
    expect(whoMay('uncheck', filing({ state: 'submitted', checked: true }))).toEqual(['officer']);
    expect(whoMay('approve', filing({ state: 'submitted', checked: true }))).toEqual(['director']);
    const again = nextFilingState('check', filing({ state: 'submitted', checked: true }), officer);
    expect(again.ok === false && again.problem.message).toContain('待审核（已核过）');
    const byDirector = nextFilingState('check', filing({ state: 'submitted' }), director);
    expect(byDirector.ok === false && byDirector.problem.message).toContain('县级督导干部');
  });

  it('the reviewer and the city can widen a return of chosen fields', () => {
    expect(whoMay('return', filing())).toEqual([]);
    expect(whoMay('return', filing({ sentBack: true, partlyOpen: true }))).toEqual(['officer', 'director', 'city']);
  });

  it('the clerk submits where no head has an account, the county where nobody has one', () => {
    expect(whoMay('submit', filing({ accounts: { head: false, clerk: true } }))).toContain('clerk');
    expect(permittedFilingActs(filing({ accounts: { head: false, clerk: false } }), officer).submit).toBe(true);
    expect(permittedFilingActs(filing({ accounts: { head: false, clerk: true } }), officer).submit).toBe(false);
  });
});

describe('roles that a city adds to a school', () => {
  const holding = (permissions: readonly Permission[]): Actor => ({
    ...clerk,
    role: 'school-deputy',
    permissions: new Set(permissions),
  });
  const deputy = holding([...initialRolePermissions['school-clerk'], 'filing.sign']);

  it('submit and withdraw beside the head where they may sign, and otherwise as a clerk does', () => {
    expect(permittedFilingActs(filing(), deputy).submit).toBe(true);
    expect(permittedFilingActs(filing({ state: 'submitted' }), deputy).withdraw).toBe(true);
    expect(permittedFilingActs(filing(), holding(['filing.fill', 'filing.submit'])).submit).toBe(false);
    expect(permittedFilingActs(filing(), holding(['filing.fill', 'filing.sign'])).submit).toBe(false);
  });

  it('a role called like the head does not sign without the permission', () => {
    const bare: Actor = { ...head, permissions: new Set(['filing.fill', 'filing.submit'] as const) };
    expect(permittedFilingActs(filing(), bare).submit).toBe(false);
  });
});

describe('refusals', () => {
  it('name the state or the person to ask', () => {
    const late = nextFilingState('approve', filing(), director);
    expect(late).toMatchObject({ ok: false, problem: { code: 'flow.notInState' } });
    const clerkSubmits = nextFilingState('submit', filing(), clerk);
    expect(clerkSubmits.ok === false && clerkSubmits.problem.message).toContain('本校校长');
  });

  it('list everything that stands in the way of submitting', () => {
    expect(submitObstacles(filing({ hardFindings: 2, unexplained: 1, closed: true }), head)).toHaveLength(3);
    expect(submitObstacles(filing({ closed: true, submittedBefore: true }), head)).toEqual([]);
    expect(nextFilingState('submit', filing({ hardFindings: 1 }), head)).toMatchObject({ ok: false });
    expect(nextFilingState('fill', filing({ periodOpen: false }), clerk)).toMatchObject({ ok: false });
    for (const over of [{ closed: true }, { periodOpen: false }]) {
      const submitted = filing({ state: 'submitted', submittedBefore: true, ...over });
      expect(nextFilingState('withdraw', submitted, head)).toMatchObject({ ok: false });
      expect(nextFilingState('withdraw', { ...submitted, sentBack: true }, head)).toMatchObject({ ok: true });
    }
    expect(nextFilingState('fill', filing({ periodOpen: false, submittedBefore: true }), clerk)).toMatchObject({
      ok: true,
    });
  });

  it('nothing is filled before the first day, and the sentence names it', () => {
    const early = filing({ opensLater: '2026-09-20' });
    expect(permittedFilingActs(early, clerk).fill).toBe(false);
    expect(fillObstacle(early, clerk)).toContain('2026-09-20');
    expect(submitObstacles(early, head)[0]).toContain('2026-09-20');
  });

  it('an extension opens an ended period for its filing until its day', () => {
    const missed = filing({ periodOpen: false, closed: true });
    expect(permittedFilingActs(missed, clerk).fill).toBe(false);
    expect(fillObstacle(missed, clerk)).toContain('已经结束');
    expect(fillObstacle(missed, city)).toBeNull();
    expect(permittedFilingActs(missed, officer).extend).toBe(true);
    const running = { ...missed, extended: true, closed: false };
    expect(permittedFilingActs(running, clerk).fill).toBe(true);
    expect(permittedFilingActs(running, officer).extend).toBe(false);
    expect(submitObstacles(running, head)).toEqual([]);
    expect(permittedFilingActs({ ...running, state: 'submitted', submittedBefore: true }, head).withdraw).toBe(true);
    expect(permittedFilingActs({ ...running, closed: true }, clerk).fill).toBe(false);
  });

  it('what was sent back is due by no day that could be put off', () => {
    const sentBack = filing({ submittedBefore: true, sentBack: true });
    expect(permittedFilingActs(sentBack, officer).extend).toBe(false);
    const refused = nextFilingState('extend', sentBack, officer);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'filing.noDeadline' } });
  });

  it('a submit button is there before nothing stands in its way', () => {
    expect(permittedFilingActs(filing({ hardFindings: 2 }), head).submit).toBe(true);
  });
});

it('leaves no state without a way on, and reaches every state', () => {
  const moves = filingFlow.transitions.filter(({ from, to }) => from !== to);
  expect(filingStates.filter((state) => !moves.some(({ from }) => from === state))).toEqual([]);
  expect(filingStates.filter((state) => !moves.some(({ to }) => to === state))).toEqual([]);
});
