import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fieldsOfSchools } from '../../formula/formula-fields.ts';
import { prepareEdition } from '../edition/prepare-edition.ts';
import { askedFacts } from './asked-facts.ts';
import { factsOfEdition, factsOfLeaf } from './read-facts.ts';

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../../../reference/${file}`, import.meta.url), 'utf8'));
const words = {
  fields: fieldsOfSchools([read('catalogues/resource-2025.json').fields]),
  names: read('frameworks/names.json'),
};
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const prepared = prepareEdition(read('frameworks/county-inspection-sample.json'), { words, hash });
const asked = askedFacts(prepared);

it('an edition says which leaves ask a fact, and which facts only its rules ask', () => {
  expect(asked.length).toBeGreaterThan(20);
  expect(new Set(asked.map(({ name }) => name)).size).toBe(asked.length);
  for (const { name, codes } of asked) {
    const said = name.startsWith('survey.') ? name.split('.')[1]! : name;
    for (const code of codes) expect(JSON.stringify(prepared.byCode.get(code)!)).toContain(said);
  }
  const ofRules = asked.filter(({ codes }) => codes.length === 0);
  expect(ofRules.map(({ name, years, inRules }) => [name, years, inRules])).toEqual([
    ['事实:督导弄虚作假查实次数', 1, true],
    ['事实:重大以上校园安全责任事故数', 2, true],
    ['事实:挪用教育经费重大案件数', 1, true],
    ['事实:拖欠教师工资月数', 1, true],
    ['事实:使用中D级危房面积', 1, true],
    ['事实:较大校园安全责任事故数', 2, true],
    ['事实:重大教育违规案件数', 2, true],
    ['事实:上级督导通报逾期未整改数', 1, true],
    ['事实:招生群体性事件数', 1, true],
  ]);
});

it('a survey is asked for its share and for how many answered, a trend for one year more than it compares', () => {
  const yearsOf = (name: string) => asked.find((one) => one.name === name);
  expect(yearsOf('survey.群众教育满意度.share')).toMatchObject({ codes: ['C65'], inRules: true, years: 1 });
  expect(yearsOf('survey.群众教育满意度.answers')).toMatchObject({ codes: ['C65'], inRules: false });
  expect(yearsOf('事实:常住人口')!.codes).toContain('C65');
  expect(yearsOf('事实:体质健康优良学生数')).toMatchObject({ years: 4, inRules: true });
});

it('what conditions at a leaf read is asked, and kept with the leaf', () => {
  expect(asked.find(({ name }) => name === '事实:优质高中名额向农村初中倾斜')).toMatchObject({ codes: ['C14'] });
  const leaf = prepared.leaves.find(({ indicator }) => indicator.code === 'C14')!;
  expect([...factsOfLeaf(prepared, leaf).keys()]).toContain('事实:优质高中名额向农村初中倾斜');
});

it('results of the own framework are read of earlier years, and nobody is asked for them', () => {
  const names = factsOfEdition(prepared).map(({ name, years }) => `${name} ${years}`);
  expect(names).toEqual(
    expect.arrayContaining([
      'evaluation.county-inspection-sample.rate.C64 5',
      'evaluation.county-inspection-sample.leaf.C20.full 3',
    ]),
  );
  expect(asked.filter(({ name }) => name.startsWith('evaluation.'))).toEqual([]);
  const strong = prepareEdition(read('frameworks/strong-county-sample.json'), { words, hash });
  expect(askedFacts(strong).map(({ name }) => name)).toContain('evaluation.county-inspection-sample.grade');
});
