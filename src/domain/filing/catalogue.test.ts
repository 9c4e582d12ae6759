import { describe, expect, it } from 'vitest';
import { secondEdition, secondEditionJson } from '#test/support/scenes/second-edition.ts';
import { enteredFields, filesResources, sectionsOf } from './catalogue.ts';
import { checkFiling, completeValues, countFilled } from './check.ts';
import { readCatalogue } from './read-catalogue.ts';

describe('an edition with other sections and groups', () => {
  const school = { schoolType: '211' };
  const values = { 跑道条数: 6, 走读生数: 100, 走读女生数: 120, 篮球个数: 2 };

  it('says which schools file what', () => {
    expect(sectionsOf(secondEdition, '211')).toEqual(['campus', 'day']);
    expect(sectionsOf(secondEdition, '312')).toEqual(['campus', 'day', 'boarding']);
    expect(sectionsOf(secondEdition, '345')).toEqual(['campus']);
    expect(['211', '312', '345'].map((type) => filesResources(secondEdition, type))).toEqual([true, true, false]);
    expect(enteredFields(secondEdition, school).map(({ key }) => key)).not.toContain('寄宿生数');
  });

  it('is checked, counted and derived by its own rules', () => {
    const check = { catalogue: secondEdition, school, values, reference: { 跑道条数: 2 }, explanations: {} };
    expect(checkFiling(check).map(({ code, fields }) => [code, fields[0]])).toEqual([
      ['girls', '走读女生数'],
      ['change', '跑道条数'],
      ['balls', '篮球个数'],
    ]);
    expect(countFilled(secondEdition, school, values)).toEqual({ filled: 4, required: 4 });
    expect(completeValues(secondEdition, school, values)).toEqual({ ...values, 走读男生数: -20 });
  });
});

describe('an edition that is ill written is refused with its places', () => {
  type Json = ReturnType<typeof secondEditionJson>;
  const refusalOf = (change: (json: Json) => void) => {
    const json = secondEditionJson();
    change(json);
    try {
      readCatalogue(json);
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing';
  };

  it.each<[string, (json: Json) => void, string]>([
    [
      'a type',
      ({ fields }) => {
        fields[1]!.type = 'number';
      },
      'fields[1].type：应是 integer、decimal、choice、text 之一',
    ],
    [
      'a missing name',
      ({ sections }) => {
        sections[2]!.name = ' ';
      },
      'sections[2].name：应是不为空的文字',
    ],
    [
      'a group',
      ({ fields }) => {
        fields[0]!.group = '设备';
      },
      '数据项“跑道条数”的分组“设备”不存在',
    ],
    [
      'a section',
      ({ fields }) => {
        fields[0]!.section = 'school';
      },
      '数据项“跑道条数”的学段“school”不存在',
    ],
    ['a group that stands twice', ({ groups }) => void groups.push('场地'), '分组“场地”出现了不止一次'],
    ['a section that stands twice', ({ sections }) => void sections.push(sections[1]!), '学段“day”出现了不止一次'],
    [
      'a formula',
      ({ hardRules }) => {
        hardRules[0]!.left = '女生数';
      },
      '规则“girls”的公式有误',
    ],
  ])('%s', (_, change, sentence) => {
    expect(refusalOf(change)).toContain(`数据项目录有误`);
    expect(refusalOf(change)).toContain(sentence);
  });
});
