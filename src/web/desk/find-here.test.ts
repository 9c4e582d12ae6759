import { expect, it } from 'vitest';
import { findHere } from './find-here.ts';

const units = [
  { id: 2, level: 'city', name: '泉州市', shortName: '泉州' },
  { id: 5, level: 'county', name: '洛江区', shortName: '洛江' },
  { id: 6, level: 'county', name: '惠安县', shortName: '惠安' },
] as const;
const actions = [
  { title: '催报', terms: 'cuibao cb', link: { to: '/filings', search: { mark: 'owed' } }, ofUnit: true as const },
  { title: '退出登录', terms: 'tuichudenglu tcdl' },
];
const pages = [
  {
    ...{ title: '导入 Excel', terms: 'daoruexcel drexcel', to: '/filings/import', feature: 'filings' },
    ...{ year: null, listed: true },
  },
];
const found = (text: string) => findHere(text, { pages, actions, units });
const titles = (text: string) => found(text).map(({ title }) => title);

it.each([
  ['催报 洛江', ['催报 洛江区']],
  ['洛江 催报', ['催报 洛江区']],
  ['cuibao 洛江', ['催报 洛江区']],
  ['催报　洛江', ['催报 洛江区']],
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
  const [out] = found('退出');
  expect(out).not.toHaveProperty('link');
  expect(out).not.toHaveProperty('unitId');
});
