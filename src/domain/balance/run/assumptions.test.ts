import { describe, expect, it } from 'vitest';
import { complete, type EditableStandard, school, standardJson } from '#test/support/balance/schools.ts';
import { balanceFields } from '../school/school.ts';
import { prepareStandard } from '../standard/prepared-standard.ts';
import { readStandard } from '../standard/read-standard.ts';
import { contradictedAssumptions } from './assumptions.ts';
import { runBalance } from './run.ts';

const both = ['primary', 'junior'];
const noPrivate = { levels: both, when: '举办者 = "民办"', reason: '民办学校不计入' };

const revised = (key: string, change: (standard: EditableStandard) => void = () => undefined) => {
  const json = standardJson(key);
  change(json);
  return prepareStandard(readStandard(json), balanceFields);
};
const excluding = (...exclusions: object[]) =>
  revised('quality-2017', (standard) => void standard.exclusions.push(...(exclusions as Record<string, unknown>[])));

const privates = [
  school('民甲', '211', { p: 300 }, { sponsor: '民办' }),
  school('民乙', '211', { p: 80 }, { sponsor: '民办' }),
  school('民丙', '312', { p: 300, j: 200 }, { sponsor: '民办' }),
  school('民丁', '311', { j: 300 }, { sponsor: '民办' }),
];
const county = [...complete, ...privates];
const ofPrivate = (texts: readonly string[]) => texts.filter((text) => text.startsWith('民办学校计入'));

describe('an assumption about who is in the set follows the exclusions', () => {
  it('counts all four where the text is untouched', () => {
    const { assumptions } = runBalance(revised('quality-2017'), county);
    expect(ofPrivate(assumptions)).toEqual([
      '民办学校计入（以县域内有义务教育学段的全部学校为对象，省定口径未见明文）（本次涉及 4 所）',
    ]);
  });

  it('is gone where a revision leaves all of them out, also in a county that has none of them', () => {
    const standard = excluding(noPrivate);
    const { levels, assumptions } = runBalance(standard, county);
    expect(levels.primary.excluded.map(({ reason }) => reason)).toContain('民办学校不计入');
    expect(ofPrivate(assumptions)).toEqual([]);
    expect(ofPrivate(runBalance(standard, complete).assumptions)).toEqual([]);
    expect(assumptions.some((text) => text.includes('市直'))).toBe(true);
  });

  it('says how many are in and how many are not where a revision leaves out some', () => {
    const small = { levels: ['primary'], when: '举办者 = "民办" 且 在校生数 < 100', reason: '小规模民办小学不计入' };
    expect(ofPrivate(runBalance(excluding(small), county).assumptions)).toEqual([
      expect.stringMatching(/（本次涉及 3 所；另 1 所按其他条件不计入）$/),
    ]);
    const primary = { ...noPrivate, levels: ['primary'] };
    expect(ofPrivate(runBalance(excluding(primary), county).assumptions)).toEqual([
      expect.stringMatching(/（本次涉及 1 所；另 1 所有一个学段不计入；另 2 所按其他条件不计入）$/),
    ]);
  });

  it('is gone as well where it says that schools are left out and a revision takes them in', () => {
    const taking = (key: string, reasons: RegExp) =>
      revised(key, (standard) => {
        standard.exclusions = standard.exclusions.filter(({ reason }) => !reasons.test(String(reason)));
      });
    const classes = taking('quality-2017', /附设/);
    const host = school('附初', '211', { p: 200, j: 30 });
    const { levels, assumptions } = runBalance(classes, [...complete, host]);
    expect(levels.junior.included.map(({ code }) => code)).toContain('附初');
    expect(assumptions.some((text) => text.includes('附设普通初中班（319）'))).toBe(false);
    const open = taking('basic-2012', /民办|市直|省属|本县政府/);
    const own = runBalance(open, county).assumptions.filter((text) => text.includes('只计入本县政府'));
    expect(own).toEqual([]);
  });

  it('a 教学点 that is left out for its size is not counted among the schools that are in', () => {
    const site = school('民点', '218', { p: 30 }, { sponsor: '民办' });
    const { assumptions } = runBalance(revised('quality-2017'), [...county, site]);
    expect(ofPrivate(assumptions)[0]).toMatch(/（本次涉及 4 所；另 1 所按其他条件不计入）$/);
  });
});

describe('a definition stored before assumptions had claims', () => {
  it('repeats its run to the letter', () => {
    const old = revised('quality-2017', (standard) => {
      for (const assumption of standard.assumptions) delete assumption.claims;
      standard.exclusions.push(noPrivate);
    });
    const { assumptions } = runBalance(old, county);
    expect(assumptions).toHaveLength(8);
    expect(ofPrivate(assumptions)[0]).toMatch(/（本次涉及 4 所）$/);
  });
});

describe('assumptions that the exclusions of the same standard rule out', () => {
  it('there are none in the standards that ship', () => {
    for (const key of ['quality-2017', 'basic-2012']) expect([...contradictedAssumptions(revised(key))]).toEqual([]);
  });

  it('are found by kind and sponsor, whatever the schools of a county are', () => {
    expect([...contradictedAssumptions(excluding(noPrivate))]).toEqual([0]);
    const public_ = { levels: both, when: '非 (举办者 = "县")', reason: '非县级举办的学校不计入' };
    expect([...contradictedAssumptions(excluding(public_))]).toEqual([0, 1]);
    const sites = { levels: ['primary'], when: '办学类型 = "218"', reason: '教学点不计入' };
    expect([...contradictedAssumptions(excluding(sites))]).toEqual([4]);
    const small = { levels: ['primary'], when: '举办者 = "民办" 且 在校生数 < 100', reason: '小规模民办小学不计入' };
    expect([...contradictedAssumptions(excluding(small))]).toEqual([]);
  });
});

describe('schools that were added to the frozen list of the year', () => {
  const [first, second, ...others] = complete;
  const added = (addedOn: string) => ({ addedOn });

  it('are named with their day in the assumptions of the run, the earliest first', () => {
    const { assumptions } = runBalance(revised('quality-2017'), [
      { ...first!, name: '新设二小', ...added('2025-11-03') },
      { ...second!, name: '新设一小', ...added('2025-10-22') },
      ...others,
    ]);
    expect(assumptions.at(-1)).toBe('学校名单固定后补入的学校计入：新设一小（2025-10-22）、新设二小（2025-11-03）');
  });

  it('are not named where they are in no set, nor where there are none', () => {
    const left = { ...school('民戊', '211', { p: 300 }, { sponsor: '民办' }), ...added('2025-10-22') };
    expect(runBalance(excluding(noPrivate), [...complete, left]).assumptions.join()).not.toContain('补入');
    expect(runBalance(revised('quality-2017'), complete).assumptions.join()).not.toContain('补入');
  });
});
