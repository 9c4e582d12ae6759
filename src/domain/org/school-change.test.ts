import { describe, expect, test } from 'vitest';
import { changeRefusal, codeAfterRetyping, mergeRefusal, permittedChanges } from './school-change.ts';
import { codeClassOf, schoolFactFaults } from './school-facts.ts';
import { versionOn, versionStep } from './school-history.ts';

const open = { status: 'open', lastChange: '2020-09-01', closedOn: null } as const;
const closed = { status: 'closed', lastChange: '2020-09-01', closedOn: '2024-09-01' } as const;
const today = '2026-03-02';
const facts = {
  code: '2135000001',
  name: '甲小学',
  schoolType: '211',
  sponsorCode: 7,
  ownership: 'public',
  urbanClass: 'town',
  foundedYear: 1956,
  managedBy: 'county',
} as const;
const context = { province: '35', year: 2026 };

describe('the history of a school', () => {
  const versions = [
    { validFrom: '1980-09-01', validTo: '2023-09-01', name: '旧名' },
    { validFrom: '2025-09-01', validTo: null, name: '新名' },
  ];

  test('knows the state of each day, and that there is none in a gap', () => {
    expect(versionOn(versions, '1980-09-01')?.name).toBe('旧名');
    expect(versionOn(versions, '2023-08-31')?.name).toBe('旧名');
    expect(versionOn(versions, '2023-09-01')).toBeUndefined();
    expect(versionOn(versions, '2030-01-01')?.name).toBe('新名');
    expect(versionOn(versions, '1979-01-01')).toBeUndefined();
  });

  test('ends the last version on the day of a change, and replaces one that began the same day', () => {
    expect(versionStep(versions[1]!, '2026-01-01')).toBe('append');
    expect(versionStep(versions[1]!, '2025-09-01')).toBe('replace');
  });
});

describe('changes', () => {
  test('an open school changes, a closed or merged one can only come back', () => {
    expect(permittedChanges('open', true)).toMatchObject({ rename: true, close: true, reopen: false });
    for (const status of ['closed', 'merged'] as const) {
      const can = Object.entries(permittedChanges(status, true)).flatMap(([act, may]) => (may ? [act] : []));
      expect([status, can]).toEqual([status, ['reopen']]);
    }
    expect(Object.values(permittedChanges('open', false))).not.toContain(true);
  });

  test('history is written forwards and not ahead of today', () => {
    expect(changeRefusal('rename', open, '2020-09-01', today)).toBeUndefined();
    expect(changeRefusal('rename', open, '2020-08-31', today)?.code).toBe('school.dayTooEarly');
    expect(changeRefusal('rename', open, '2026-03-03', today)?.code).toBe('school.dayInFuture');
    expect(changeRefusal('close', open, '2020-09-01', today)?.code).toBe('school.dayTaken');
    expect(changeRefusal('reopen', closed, '2024-08-31', today)?.code).toBe('school.dayTooEarly');
    expect(changeRefusal('reopen', closed, '2024-09-01', today)).toBeUndefined();
    expect(changeRefusal('rename', closed, today, today)?.message).toContain('已撤销');
  });
});

// 各级各类学校（机构）代码编制规则: renamed same code; class changed code void; merged may keep one of the old.
describe('codes', () => {
  test('classes follow the type: 完全中学 and 十二年一贯制 are 34', () => {
    expect(['211', '218', '311', '312', '341', '345', '371', '513'].map(codeClassOf)).toEqual([
      ...['21', '21', '31', '31', '34', '34', '37', '51'],
    ]);
  });

  test('a new class needs a new code of that class, the same class keeps the old one', () => {
    const from = { schoolType: '211', code: '2135000001' };
    expect(codeAfterRetyping(from, { schoolType: '218' })).toEqual({ code: '2135000001' });
    expect(codeAfterRetyping(from, { schoolType: '218', code: '2135000009' })).toMatchObject({
      refusal: { code: 'school.codeStays' },
    });
    expect(codeAfterRetyping(from, { schoolType: '312' })).toMatchObject({ refusal: { code: 'school.newCodeNeeded' } });
    expect(codeAfterRetyping(from, { schoolType: '312', code: '2135000009' })).toMatchObject({
      refusal: { code: 'school.facts' },
    });
    expect(codeAfterRetyping(from, { schoolType: '312', code: '3135000009' })).toEqual({ code: '3135000009' });
  });

  test('a school without a code is given one by a change of type, or goes on without', () => {
    const from = { schoolType: '211', code: null };
    expect(codeAfterRetyping(from, { schoolType: '218' })).toEqual({ code: null });
    expect(codeAfterRetyping(from, { schoolType: '312' })).toEqual({ code: null });
    expect(codeAfterRetyping(from, { schoolType: '312', code: '3135000009' })).toEqual({ code: '3135000009' });
    expect(codeAfterRetyping(from, { schoolType: '312', code: '2135000009' })).toMatchObject({
      refusal: { code: 'school.facts' },
    });
    expect(schoolFactFaults({ ...facts, code: null }, context)).toEqual([]);
  });

  test('nothing merges into itself, and what is closed does not merge', () => {
    const guest = { ...open, id: 2, name: '乙校' };
    expect(mergeRefusal({ id: 1 }, guest, today, today)).toBeUndefined();
    expect(mergeRefusal({ id: 2 }, guest, today, today)?.message).toContain('自己');
    expect(mergeRefusal({ id: 1 }, { ...guest, ...closed }, today, today)?.message).toContain('撤销');
  });
});

describe('what is said of a school', () => {
  const fields = (change: object) => schoolFactFaults({ ...facts, ...change }, context).map((fault) => fault.field);

  test('is without fault when it agrees with itself', () => expect(fields({})).toEqual([]));
  test('names every contradiction at once', () => {
    expect(fields({ code: '2144000001', schoolType: '999', sponsorCode: 11, foundedYear: 2030 })).toEqual([
      ...['code', 'schoolType', 'sponsorCode', 'foundedYear'],
    ]);
    expect(fields({ code: '2144000001', schoolType: undefined, sponsorCode: undefined, foundedYear: 2030 })).toEqual([
      ...['code', 'foundedYear'],
    ]);
    expect(fields({ ownership: undefined, managedBy: undefined, name: undefined })).toEqual([]);
    expect(fields({ ownership: 'private' })).toEqual(['ownership']);
    expect(fields({ sponsorCode: 10 })).toEqual(['ownership']);
    expect(fields({ managedBy: 'city' })).toEqual(['sponsorCode']);
    expect(fields({ managedBy: 'city', sponsorCode: 5 })).toEqual([]);
    expect(fields({ schoolType: '219' })).toEqual(['schoolType']);
  });
  test('does not mind a code whose class lags behind', () => expect(fields({ schoolType: '312' })).toEqual([]));
});
