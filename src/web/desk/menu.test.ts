import { describe, expect, it } from 'vitest';
import { initialRolePermissions, type Permission, roleTitles } from '#domain/access/permissions.ts';
import { businessPermissions } from '#domain/access/role-change.ts';
import type { AnyDesk } from '#web/shared/desk/desk.ts';
import { desks } from './desks.ts';
import { featureOf, menuOf, openPages, showsArchived } from './menu.ts';
import { readPages, router } from './router.tsx';

// The router gives the routes their addresses, once the pages have joined its tree.
await readPages();
router.setRoutes(router.buildRouteTree());

const menuFor = (held: readonly Permission[]) => {
  const mayOpen = (wanted: Permission | readonly Permission[] | undefined) =>
    wanted === undefined || [wanted].flat().some((one) => held.includes(one));
  return menuOf(desks, openPages(desks, mayOpen));
};
const words = (menu: ReturnType<typeof menuFor>) =>
  menu.map(({ title, entries }) => [title, ...entries.map(({ label, to }) => `${label} ${to}`)]);

describe('the menu of the desk', () => {
  it('stands in groups, and has no group without an entry', () => {
    expect(words(menuFor(initialRolePermissions['city-officer']))).toEqual([
      [null, '首页 /'],
      ['督政', '工作计划 /work-plans', '督导评估 /campaigns', '整改台账 /findings'],
      ['监测', '均衡监测 /balance'],
      ['数据', '数据填报 /filings', '单位与学校 /directory'],
      ['公文', '公文 /letters'],
    ]);
    expect(words(menuFor(initialRolePermissions['system-administrator']))).toEqual([
      [null, '首页 /'],
      ['管理', '人员与权限 /people', '设置 /settings', '后台任务 /jobs'],
    ]);
  });

  it('leads to the first page of an entry that the person may open', () => {
    expect(words(menuFor(initialRolePermissions['audit-administrator']))).toEqual([
      [null, '首页 /'],
      ['管理', '人员与权限 /people/roles', '审计 /audit'],
    ]);
  });

  it('has an entry of its own for a page that is all that a post may open of a feature', () => {
    for (const role of ['school-head', 'school-clerk'] as const) {
      const entries = menuFor(initialRolePermissions[role]).flatMap((group) => group.entries);
      expect(entries).toContainEqual({ label: '评估事实', to: '/frameworks/questions', features: ['frameworks'] });
    }
    const county = menuFor(initialRolePermissions['county-director']).flatMap((group) => group.entries);
    expect(county.map(({ label }) => label)).not.toContain('评估事实');
  });

  it('names below a shared entry each page that shares it: the register of inspectors has its own line', () => {
    const entries = menuFor(initialRolePermissions['city-officer']).flatMap((group) => group.entries);
    const parts = Object.fromEntries(
      entries.flatMap(({ label, parts: own }) => (own ? [[label, own.map((one) => `${one.label} ${one.to}`)]] : [])),
    );
    expect(parts.单位与学校).toEqual(['单位与学校 /directory', '督学名册 /inspectors']);
    expect(parts.督导评估).toContain('指标体系 /frameworks');
  });

  it('has only the home page for somebody without a right', () => {
    expect(words(menuFor([]))).toEqual([[null, '首页 /']]);
  });

  const roles = Object.entries(initialRolePermissions).map(
    ([role, held]) => [roleTitles[role as keyof typeof roleTitles], held] as const,
  );
  it.each([...roles, ['a role that holds everything of the business', businessPermissions] as const])(
    'has at most eight entries for %s',
    (_, held) => {
      const entries = menuFor(held).flatMap((group) => group.entries);
      expect(entries.length).toBeGreaterThan(1);
      expect(entries.length).toBeLessThanOrEqual(8);
    },
  );

  it('lights the entry of the feature whose page is open, also of one that the menu does not list', () => {
    expect(featureOf(desks, '/desk/filings/$filingId/print')).toBe('filings');
    expect(featureOf(desks, '/desk/account')).toBe('session');
    expect(featureOf(desks, '/desk/$')).toBeUndefined();
  });
});

describe('features that give one label', () => {
  const desk = (name: string, order: number, label: string): AnyDesk => ({
    ...{ name, pages: [] },
    menu: { group: '督学', order, label },
  });
  const page = (feature: string) => ({ title: feature, year: null, listed: true, to: `/${feature}`, feature });

  it('share an entry, which leads to the first page that is open', () => {
    const three = [desk('visits', 20, '督学责任区'), desk('zones', 10, '督学责任区'), desk('findings', 30, '问题')];
    const found = menuOf(three, [page('findings'), page('visits')]);
    expect(found).toEqual([
      {
        title: '督学',
        entries: [
          { label: '督学责任区', to: '/visits', features: ['zones', 'visits'] },
          { label: '问题', to: '/findings', features: ['findings'] },
        ],
      },
    ]);
  });
});

it('a page of an archived year says that nothing is written on it, unless its work goes on after the year', () => {
  const ofYear = (desks as readonly AnyDesk[]).flatMap(({ pages }) =>
    pages.flatMap((route) => {
      const page = route.options.staticData?.page;
      return page?.year == null ? [] : [{ to: route.fullPath, closed: showsArchived(page) }];
    }),
  );
  expect(ofYear.flatMap(({ to, closed }) => (closed ? [] : [to])).sort()).toEqual([
    '/',
    '/directory/schools/$schoolId',
    '/evaluations',
    '/findings',
    '/findings/board',
  ]);
  expect(ofYear.map(({ to }) => to)).toEqual(expect.arrayContaining(['/filings', '/balance', '/tracking']));
});
