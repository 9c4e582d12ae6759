import { expect, it } from 'vitest';
import { findHere } from './find-here.ts';

const units = [
  { id: 2, level: 'city', name: '泉州市', shortName: '泉州', alsoFoundBy: 'quanzhoushi quanzhou qz' },
  { id: 5, level: 'county', name: '洛江区', shortName: '洛江', alsoFoundBy: 'luojiangqu luojiang lj' },
  { id: 6, level: 'county', name: '惠安县', shortName: '惠安', alsoFoundBy: 'huianxian huian ha' },
] as const;
const actions = [
  { title: '催报', terms: 'cuibao cb', link: { to: '/filings', search: { mark: 'owed' } }, ofUnit: true as const },
  { title: '退出登录', terms: 'tuichudenglu tcdl' },
];
const pages = [
  {
    ...{ title: '导入 Excel', terms: 'daoruexcel drexcel', to: '/filings/import', feature: 'filings' },
    ...{ year: '导入所选学年的填报', listed: true },
  },
  { ...{ title: '审核', terms: 'shenhe sh', to: '/filings/review', feature: 'filings' }, year: '审核', listed: true },
  { ...{ title: '设置', terms: 'shezhi sz', to: '/settings', feature: 'settings' }, year: null, listed: true },
];
const found = (text: string) => findHere(text, { pages, actions, units });
const titles = (text: string) => found(text).map(({ title }) => title);

it.each([
  ['催报 洛江', ['催报 洛江区']],
  ['洛江 催报', ['催报 洛江区']],
  ['cuibao 洛江', ['催报 洛江区']],
  ['催报　洛江', ['催报 洛江区']],
  ['催报 luojiang', ['催报 洛江区']],
  ['luojiang cuibao', ['催报 洛江区']],
  ['cb lj', ['催报 洛江区']],
  ['审核 洛江', ['审核 洛江区']],
  ['shenhe huian', ['审核 惠安县']],
  ['导入 lj', ['导入 Excel 洛江区']],
  ['设置 洛江', []],
  ['luojiang', ['洛江区']],
  ['LJ', ['洛江区']],
  ['cuibao', ['催报']],
  ['ＣＢ', ['催报']],
  ['tuichu', ['退出登录']],
  ['退出', ['退出登录']],
  ['daoru', ['导入 Excel']],
  ['导入', ['导入 Excel']],
  ['洛江', ['洛江区']],
  ['洛江 区', ['洛江区']],
])('%s finds', (text, expected) => {
  expect(titles(text)).toEqual(expected);
});

it('an act of a unit opens its page for that unit, and signing out opens none', () => {
  expect(found('催报 惠安')[0]?.link).toEqual({ to: '/filings', search: { mark: 'owed', unit: 6 } });
  expect(found('审核 luojiang')[0]?.link).toEqual({ to: '/filings/review', search: { unit: 5 } });
  const [out] = found('退出');
  expect(out).not.toHaveProperty('link');
  expect(out).not.toHaveProperty('unitId');
});
