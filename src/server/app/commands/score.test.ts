import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerKeys } from '#domain/framework/score/answer-check.ts';
import { catchOutput } from '#test/support/product/commands.ts';
import { contextKeys } from '../../features/frameworks/command/given-context.shape.ts';
import { subjectKeys } from '../../features/frameworks/command/score-input.shape.ts';
import { shippedKeys } from '../../features/frameworks/shipped-editions.shape.ts';
import { main } from '../cli.ts';
import { productRoot } from '../root.ts';

const { said, save } = catchOutput('score');

/** A shipped edition as its file has it. */
const edition = (key: string) =>
  JSON.parse(readFileSync(path.join(productRoot, 'reference/frameworks', `${key}.json`), 'utf8')) as {
    indicators: { code: string; parent: string | null; points: number | 'none' | null; method?: { kind: string } }[];
  };

/** Full points at every leaf, with some leaves answered otherwise. */
function fullSheet(key: string, others: Record<string, object> = {}): Record<string, object> {
  const { indicators } = edition(key);
  const parents = new Set(indicators.map(({ parent }) => parent));
  const leaves = indicators.filter(({ code }) => !parents.has(code));
  return {
    ...Object.fromEntries(
      leaves.flatMap(({ code, points, method }) => {
        if (method?.kind === 'bonus') return [[code, { points: 0 }]];
        return typeof points === 'number' ? [[code, { points }]] : [];
      }),
    ),
    ...others,
  };
}

/** What the command prints for such a file, as JSON. */
async function score(framework: string, content: unknown, file = 'answers.json') {
  said.out = '';
  said.err = '';
  await main([
    'score',
    framework,
    save(file, typeof content === 'string' ? content : JSON.stringify(content)),
    '--json',
  ]);
  return said.out === '' ? null : JSON.parse(said.out);
}

/** What the command says where it refuses such a file. */
async function refusal(content: unknown, framework = 'edu-strong-town-guangdong'): Promise<string> {
  expect(await score(framework, content)).toBeNull();
  expect(process.exitCode).toBe(2);
  return said.err;
}

const fushan = {
  ...{ '1.1.1': 2, '1.1.2': 2, '1.1.3': 3.8, '1.1.4': 3, '1.1.5': 2, '1.1.6': 3, '1.1.7': 2 },
  ...{ '1.2.1': 12, '1.2.2': 3.4, '1.2.3': 4.6, '1.2.4': 3.8, '1.2.5': 3.8, '1.2.6': 2, '1.2.7': 2 },
  ...{ '1.3.1': 10, '1.3.2': 7 },
  ...{ '2.4.1': 3, '2.4.2': 3, '2.4.3': 3, '2.4.4': 3, '2.4.5': 3, '2.4.6': 1.6, '2.4.7': 2 },
  ...{ '3.5.1': 2.8, '3.5.2': 3, '3.5.3': 4, '3.5.4': 2 },
};
const fushanAnswers = Object.fromEntries(Object.entries(fushan).map(([code, points]) => [code, { points }]));

describe('dudao score', () => {
  it('prints the published sums of 浮山镇 to the digit, with the keys in their order', async () => {
    const printed = await score('edu-strong-town-guangdong', { answers: fushanAnswers });
    expect(process.exitCode).toBeUndefined();
    expect(Object.keys(printed)).toEqual([
      ...['framework', 'edition', 'mark', 'total', 'max', 'provisional'],
      ...['nodes', 'conclusions', 'vetoes', 'trace'],
    ]);
    expect(printed).toMatchObject({
      ...{ framework: 'edu-strong-town-guangdong', edition: '2014', mark: 'official-partial' },
      ...{ total: '96.8', max: '100', provisional: null, conclusions: [], vetoes: [] },
    });
    expect(printed.nodes).toEqual([
      { code: '1', title: '政府责任', points: '66.4', max: '69' },
      { code: '1.1', title: '规划与机制', points: '17.8', max: '18' },
      { code: '1.2', title: '改善办学条件', points: '31.6', max: '33' },
      { code: '1.3', title: '师资队伍建设', points: '17', max: '18' },
      { code: '2', title: '教育管理', points: '18.6', max: '19' },
      { code: '2.4', title: '规范办学行为', points: '18.6', max: '19' },
      { code: '3', title: '办学水平', points: '11.8', max: '12' },
      { code: '3.5', title: '办学成效', points: '11.8', max: '12' },
    ]);
    const traced = printed.trace.find(({ code }: { code: string }) => code === '1.1');
    expect(traced.steps[0]).toEqual({
      words: '1.1.1 2 + 1.1.2 2 + 1.1.3 3.8 + 1.1.4 3 + 1.1.5 2 + 1.1.6 3 + 1.1.7 2',
      value: '17.8',
    });
  });

  it('a sheet that is not full is provisional, with the range and the leaves that are open', async () => {
    const { '3.5.4': _, ...rest } = fushanAnswers;
    const printed = await score('edu-strong-town-guangdong', { answers: rest });
    expect(printed.provisional).toEqual({ from: '94.8', to: '96.8', unanswered: ['3.5.4'] });
  });

  it.each([
    ['first', 85, '通过'],
    ['first', 84.5, '重点发展对象'],
    ['again', 85, '重点发展对象'],
    ['again', 90, '通过'],
  ])('教育强县, %s with %d points: %s', async (occasion, total, name) => {
    // C1 holds no must item; what is missing to 100 is taken from leaves like it.
    const { indicators } = edition('strong-county-sample');
    const plain = indicators.filter((one) => typeof one.points === 'number' && one.method && !('must' in one));
    const answers = fullSheet('strong-county-sample');
    let left = 100 - total;
    for (const { code, points } of plain) {
      const taken = Math.min(left, points as number);
      answers[code] = { points: Number(((points as number) - taken).toFixed(2)) };
      left = Number((left - taken).toFixed(2));
    }
    const evaluations = { 'county-inspection-sample': [{ grade: '优秀' }] };
    const printed = await score('strong-county-sample', { answers, context: { occasion, evaluations } });
    expect(printed.total).toBe(String(total));
    expect(printed.conclusions[0].name).toBe(name);
  });

  it('a full sheet without facts concludes, and names the facts that nobody gave', async () => {
    const printed = await score('county-inspection-sample', { answers: fullSheet('county-inspection-sample') });
    expect(printed).toMatchObject({ mark: 'sample', total: '100', max: '100', provisional: null, vetoes: [] });
    expect(printed.conclusions[0]).toMatchObject({ name: '优秀', by: '总分达到 90，没有限优，没有降档（总分 100）' });
    expect(printed.conclusions[0].open).toContain('事实:拖欠教师工资月数');
  });

  it('facts, circumstances and values decide vetoes, caps and downgrades', async () => {
    const of = async (given: object, others = {}) =>
      await score('county-inspection-sample', { answers: fullSheet('county-inspection-sample', others), ...given });
    const veto = await of({ facts: { '事实:拖欠教师工资月数': 1 } });
    expect(veto.conclusions[0].name).toBe('不合格');
    expect(await of({ facts: { '事实：拖欠教师工资月数': 1 } })).toEqual(veto);
    expect(veto.vetoes).toEqual([{ code: 'V4', text: '新增拖欠教师工资', years: [0] }]);
    // An accident of the year before counts: the list runs from the earliest year to the assessed one.
    expect((await of({ facts: { '事实:重大以上校园安全责任事故数': [1, 0] } })).vetoes[0]).toMatchObject({
      years: [1],
    });
    expect((await of({ facts: { '事实:重大以上校园安全责任事故数': [1, 0, 0] } })).vetoes).toEqual([]);
    const layers = { self: { total: 100 }, city: { total: 90 } };
    expect((await of({ context: { layers } })).conclusions[0].name).toBe('良好');
    // The satisfaction that is answered at its leaf is the one of the rule: 84 is below 85.
    const satisfied = await of({}, { C65: { value: 84 } });
    expect(satisfied.total).toBe('99.2');
    expect(satisfied.conclusions[0].name).toBe('良好');
  });

  it('a list is a round: ranks, and a quota over all of it', async () => {
    const subject = (name: string, value: number) => ({ subject: name, answers: { 'Z1.a': { value } } });
    const printed = await score('zhoushan-county-2007-rank', [
      subject('定海', 99),
      subject('岱山', 90),
      subject('嵊泗', 80),
    ]);
    expect(printed.map(({ subject: name }: { subject: string }) => name)).toEqual(['定海', '岱山', '嵊泗']);
    expect(Object.keys(printed[0])[0]).toBe('subject');
    const points = printed.map(
      (one: { trace: { code: string; steps: { value?: string }[] }[] }) =>
        one.trace.find(({ code }) => code === 'Z1.a')!.steps.at(-1)!.value,
    );
    expect(points).toEqual(['10', '10', '8']);
    const inspectors = Array.from({ length: 5 }, (_, at) => ({
      subject: `督学${at + 1}`,
      answers: fullSheet('inspector-appraisal-sample', at === 0 ? {} : { C1: { points: 0 } }),
    }));
    const ranked = await score('inspector-appraisal-sample', inspectors);
    expect(ranked.map((one: { conclusions: { name: string }[] }) => one.conclusions[0]!.name)).toEqual([
      ...['优秀', '合格', '合格', '合格', '合格'],
    ]);
  });

  it('reads an edition of one’s own from a file, and scores are exact where decimals do not end', async () => {
    const own = {
      ...{ key: 'own', title: '自编', edition: '1', authority: 'sample', documents: [], subject: 'school' },
      ...{ notApplicable: 'rebase', max: 10, decimals: 2, gaps: [], vetoes: [], caps: [], downgrades: [] },
      indicators: [
        { code: 'A', parent: null, title: '甲', points: 7 },
        { code: 'A1', parent: 'A', title: '甲一', points: 4 },
        { code: 'A2', parent: 'A', title: '甲二', points: 3 },
        { code: 'B', parent: null, title: '乙', points: 3, method: { kind: 'yesNo', yes: 3, no: 0 } },
      ],
      conclusions: JSON.parse('[{"name":"结论","rows":[{"when":["total>=8"],"then":"好"},{"when":[],"then":"一般"}]}]'),
    };
    const file = save('own.json', JSON.stringify(own));
    const printed = await score(file, {
      answers: { A1: { points: 3 }, A2: { notApplicable: true }, B: { met: true } },
    });
    expect(printed).toMatchObject({ framework: 'own', total: '8.571429', max: '10' });
    expect(printed.conclusions).toEqual([{ name: '好', by: '总分达到 8（总分 ≈8.571429）' }]);
    expect(await refusal({ answers: {} }, save('broken.json', '{"key": "broken"}'))).toContain('broken');
  });

  it('counts over the schools that are given, and applies dated relaxations when asked', async () => {
    const own = {
      ...{ key: 'own', title: '自编', edition: '1', authority: 'sample', documents: [], subject: 'county' },
      ...{
        notApplicable: 'rebase',
        max: 10,
        decimals: 2,
        gaps: [],
        vetoes: [],
        caps: [],
        downgrades: [],
        conclusions: [],
      },
      indicators: [
        {
          ...{
            code: 'C1',
            parent: null,
            title: '生均图书',
            points: 10,
            formula: '合计(图书册数) / 合计(小学在校生数)',
          },
          method: { kind: 'bands', better: 'high', bands: [{ at: 30, points: 10 }], rest: 4 },
        },
      ],
      relaxations: [
        {
          ...{ codes: ['C1'], when: null, until: '2027-12-31', basis: '某规程', duty: '三年内补足' },
          replace: { method: { kind: 'bands', better: 'high', bands: [{ at: 20, points: 10 }], rest: 4 } },
        },
      ],
    };
    const file = save('county.json', JSON.stringify(own));
    const members = [
      { 图书册数: 2000, 小学在校生数: 100 },
      { 图书册数: 4000, 小学在校生数: 150 },
    ];
    const total = async (more: object) => (await score(file, { members, ...more })).total;
    expect(await total({})).toBe('4');
    expect(await total({ relaxed: true, context: { on: '2027-12-31' } })).toBe('10');
    expect(await total({ relaxed: true, context: { on: '2028-01-01' } })).toBe('4');
    expect(await refusal({ members, relaxed: true }, file)).toContain('要写明评估日期');
    const unknown = await score(file, { members: [...members, { 图书册数: 1 }] });
    expect(unknown.provisional).toEqual({ from: '4', to: '10', unanswered: ['C1'] });
  });

  it('a visit counts what it chose alone, and a post over its holders by their months', async () => {
    const sheet = fullSheet('visit-eight-matters-sample');
    const under = edition('visit-eight-matters-sample').indicators.filter(({ parent }) => parent === 'A1');
    const chosen = Object.fromEntries(under.map(({ code }) => [code, sheet[code]!]));
    const context = { chosen: ['A1'], urgent: false, beyondSchool: false, repeatedNo: 0 };
    const visit = await score('visit-eight-matters-sample', { answers: chosen, context });
    expect(visit).toMatchObject({ total: '100', provisional: null });
    const other = await refusal({ answers: chosen, context: { chosen: ['A2'] } }, 'visit-eight-matters-sample');
    expect(other).toContain('这次没有选查，不能作答');
    expect(await refusal({ answers: {}, context: { chosen: ['1.1'] } })).toContain('每次都全部评，不能选');

    const holder = (subject: string, tenureMonths: number, lost: number) => ({
      ...{ subject, post: '县长', context: { tenureMonths }, facts: { 岗位: '县长' } },
      answers: Object.fromEntries(
        Object.entries(leaders).map(([code, { points }]) => [code, { points: code === 'C1' ? points - lost : points }]),
      ),
    });
    const leaders = fullSheet('leaders-sample') as Record<string, { points: number }>;
    const year = await score('leaders-sample', [holder('甲', 7, 0), holder('乙', 5, 1.5)]);
    const [first, second] = year.map(({ total }: { total: string }) => Number(total));
    expect(first).toBeGreaterThan(second);
    const mean = ((first * 7 + second * 5) / 12).toFixed(2);
    expect(year.map(({ post }: { post: object }) => post)).toEqual(
      [1, 2].map(() => ({ name: '县长', months: 12, total: expect.any(String), provisional: null })),
    );
    expect(Number(year[0].post.total).toFixed(2)).toBe(mean);
    const long = await refusal([holder('甲', 9, 0), holder('乙', 5, 0)], 'leaders-sample');
    expect(long).toContain('合计 14 个月，超过一年');
    expect(await refusal({ post: '县长', answers: {} })).toContain('不按任职月份分段计分');
  });

  it('refuses by name what it does not know, and points above the maximum', async () => {
    expect(await refusal({ answers: { '9.9.9': { points: 1 } } })).toContain('9.9.9');
    expect(await refusal({ answers: { '1.1': { points: 1 } } })).toContain('“1.1”不是末级指标');
    expect(await refusal({ answers: { '1.1.1': { points: 2.01 } } })).toContain('2.01 分超过满分 2 分');
    expect(await refusal({ answers: { '1.1.1': { points: -1 } } })).toContain('低于最低分');
    expect(await refusal({ answers: { '1.1.1': { score: 1 } } })).toContain('score');
    expect(await refusal({ answer: {} })).toContain('没有名为“answer”的键');
    expect(await refusal({ answers: {}, context: { ocasion: 'first' } })).toContain('没有名为“ocasion”的键');
    expect(await refusal({ answers: {}, context: { occasion: 'repeat' } })).toContain('"again"');
    expect(await refusal({ answers: {}, context: { layers: { self: { points: 3 } } } })).toContain('“points”');
    expect(await refusal({ answers: {}, relaxed: 'yes' })).toContain('relaxed');
    expect(await refusal({ answers: {}, facts: { '事实:拖欠教师工资数': 1 } })).toContain('事实:拖欠教师工资月数');
    expect(await refusal({ answers: {}, facts: { '事实:拖欠教师工资月数': {} } })).toContain('事实:拖欠教师工资月数');
    for (const value of ['九十', true, [1, '二'], { of: [1, '3'] }]) {
      expect(await refusal({ answers: {}, facts: { '事实:拖欠教师工资月数': value } })).toContain('应是数字');
    }
    expect(await refusal('{"answers": {}, "facts": {"事实:拖欠教师工资月数": {"of": [1e400, 3]}}}')).toContain(
      '应是数字',
    );
    const several = await refusal({ answers: { '9.9.9': { points: 1 }, '1.1.1': { points: 2.01 } }, ansers: {} });
    for (const fault of ['9.9.9', '2.01 分超过满分 2 分', '没有名为“ansers”的键']) expect(several).toContain(fault);
    expect(await refusal([{ answers: {} }])).toContain('[0].subject');
    expect(await refusal([{ subject: '甲' }, { subject: '甲' }])).toContain('“甲”写了两次');
    expect(await refusal([{ subject: '甲', answers: { '9.9': { points: 1 } } }])).toMatch(/甲.*9\.9/);
    expect(await refusal([])).toContain('列表是空的');
    expect(await refusal('[1')).toContain('不是 JSON');
    expect(await refusal({ answers: { 'Z1.a': { value: 90 } } }, 'zhoushan-county-2007-rank')).toContain('Z1.a');
    expect(await refusal({ answers: {} }, save('table.csv', 'code,parent,name'))).toContain('table.csv');
    expect(await refusal({ answers: {} }, 'no-such-framework')).toContain('county-inspection-sample');
  });

  it('names the file that is not there', async () => {
    await main(['score', 'edu-strong-town-guangdong', 'nowhere.json']);
    expect(said.err).toContain('nowhere.json');
    expect(process.exitCode).toBe(2);
  });

  it('shows people a table with the mark of the edition', async () => {
    const file = save(
      'sheet.json',
      JSON.stringify({ subject: '示例县', answers: fullSheet('county-inspection-sample') }),
    );
    await main(['score', 'county-inspection-sample', file]);
    expect(said.out).toContain('样本，非官方文本');
    expect(said.out).toContain('评估对象：示例县');
    expect(said.out).toMatch(/总分 +100 +100/);
    expect(said.out).toContain('等次：优秀');
    expect(said.out).toMatch(/尚未给出：.*事实:拖欠教师工资月数/);
  });

  it('the help names every key of an answer and of the circumstances, and every framework', async () => {
    await main(['score', '--help']);
    const keys = [...Object.keys(subjectKeys), ...Object.keys(contextKeys)];
    expect(keys.sort()).toEqual([
      ...[
        'answers',
        'beyondSchool',
        'chosen',
        'class',
        'context',
        'evaluations',
        'facts',
        'inQuota',
        'layers',
        'members',
      ],
      ...['occasion', 'on', 'post', 'relaxed', 'repeatedNo', 'servedMonths', 'subject', 'tenureMonths', 'urgent'],
    ]);
    for (const word of [...keys, ...answerKeys, ...shippedKeys])
      expect(said.out).toMatch(new RegExp(`^ +${word}\\b`, 'm'));
    expect(shippedKeys).toHaveLength(24);
  });
});
