import { describe, expect, it } from 'vitest';
import { namedSchools, type RegisteredSchool, registerReason as reasonSince, type SchoolApart } from './school-sets.ts';

const school = (more: Partial<RegisteredSchool>): RegisteredSchool => ({
  ...{ code: null, name: '甲小学', formerNames: [], schoolType: '211', ownership: 'public', cityManaged: false },
  ...{ status: 'open', openedOn: '2025-09-01', closedOn: null, otherCounty: null, ...more },
});
const registerReason = (
  side: 'ours' | 'published',
  wanted: Pick<SchoolApart, 'name' | 'code'>,
  register: readonly RegisteredSchool[],
) => reasonSince(side, wanted, register, '2024-09-01');
const named = { name: '甲小学', code: null };

describe('the reason why one side alone counts a school', () => {
  it('is what happened to it: it came, went, moved or has another name', () => {
    expect(registerReason('ours', named, [school({})])).toBe('2025-09-01 设立');
    const gone = { status: 'closed', closedOn: '2025-08-20' };
    expect(registerReason('published', named, [school(gone)])).toBe('2025-08-20 撤销');
    expect(registerReason('published', named, [school({ ...gone, status: 'merged' })])).toBe('2025-08-20 并入他校');
    expect(registerReason('published', named, [school({ otherCounty: '丰泽区' })])).toBe('现属丰泽区');
    const renamed = school({ name: '乙小学', formerNames: ['甲小学'] });
    expect(registerReason('published', named, [renamed])).toBe('现名乙小学');
    expect(registerReason('ours', { name: '乙小学', code: null }, [renamed])).toBe('原名甲小学');
  });

  it('is its kind where such schools are counted otherwise', () => {
    const site = school({ schoolType: '218', ownership: 'private', cityManaged: true });
    expect(registerReason('ours', named, [site])).toBe('2025-09-01 设立，教学点，民办，市直学校');
    // A school that both sides knew, and that is like others, has no reason in the register.
    expect(registerReason('ours', named, [school({ openedOn: '2000-09-01' })])).toBeNull();
  });

  it('goes by the code before the name, and says where nobody knows the school', () => {
    const other = school({ code: '2', closedOn: '2024-01-01', status: 'closed' });
    const own = school({ code: '1', name: '丙小学', formerNames: ['甲小学'] });
    expect(registerReason('published', { name: '甲小学', code: '1' }, [other, own])).toBe('现名丙小学');
    expect(registerReason('published', named, [])).toBe('学校名册中没有');
    expect(registerReason('ours', named, [])).toBeNull();
  });
});

it('twenty schools are named with their reasons, the others counted', () => {
  const many = Array.from({ length: 21 }, (_, at) => ({ name: `${at}校`, reason: at === 0 ? '教学点' : null }));
  expect(namedSchools(many.slice(0, 20))).toMatch(/^0校（教学点）、1校.*19校$/);
  expect(namedSchools(many)).toMatch(/、19校等 21 所$/);
});
