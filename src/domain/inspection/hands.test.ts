import { expect, it } from 'vitest';
import { initialRolePermissions, type RoleKey } from '../access/permissions.ts';
import { letterWay, type OfficePost, otherHands } from './hands.ts';

const post = (name: string, role: RoleKey): OfficePost => ({
  ...{ personId: name, name, permissions: initialRolePermissions[role] },
});
const director = post('主任', 'county-director');
const officer = post('干部', 'county-officer');

it('an office with one director finishes a letter where the other sends it, and is told so by name', () => {
  expect(letterWay([director, officer])).toBe(
    '聘书由干部送审，主任审核、签发，干部编号印发；能签发的只有主任，请主任不要自己修改或送审。',
  );
  expect(letterWay([director, post('副主任', 'county-director')])).toBe(
    '聘书由主任、副主任送审、审核、签发、编号印发；送审的人不审核、不签发，签发的人不编号。',
  );
  expect(letterWay([director])).toContain('除主任外，本单位没有另一人能送审');
  expect(letterWay([officer])).toContain('没有人能签发公文');
});

it('whoever signed before is told who else may, or that there is nobody', () => {
  const city = post('市督导', 'city-officer');
  expect(otherHands('review', { own: [director, officer], above: [city] }, ['干部'])).toBe('可以由主任审核。');
  expect(otherHands('review', { own: [director, officer], above: [city] }, ['主任'])).toContain('没有另一人能审核');
  expect(otherHands('confirm', { own: [director, officer], above: [city] }, ['主任'])).toBe('可以由市督导复审。');
});
