import { describe, expect, it } from 'vitest';
import {
  basic,
  complete,
  type EditableStandard,
  quality,
  school,
  standardJson,
} from '#test/support/balance/schools.ts';
import { balanceReport } from '../report/report.ts';
import { type BalanceSchool, balanceFields } from '../school/school.ts';
import { prepareStandard } from '../standard/prepared-standard.ts';
import { readStandard } from '../standard/read-standard.ts';
import { runBalance } from './run.ts';

describe('who is in and who is out', () => {
  const others = [
    school('民', '211', { p: 300 }, { sponsor: '民办' }),
    school('市', '341', { j: 300, s: 300 }, { sponsor: '市' }),
    school('省', '211', { p: 300 }, { sponsor: '省' }),
    school('点小', '218', { p: 49 }),
    school('点大', '218', { p: 50 }),
    school('特', '514', { p: 40, j: 20 }),
    school('职', '321', { j: 100 }),
    school('中职', '365', { s: 900 }),
    school('附', '219', { p: 30 }),
    school('高', '342', { s: 900 }),
    school('专', '371', { j: 60 }),
    school('附初', '211', { p: 200, j: 30 }),
  ];
  const codes = (list: ReadonlyArray<{ code: string }>) => list.map(({ code }) => code).join(' ');

  it('basic-2012 takes the county’s own public schools', () => {
    const { primary, junior } = runBalance(basic, [...complete, ...others]).levels;
    expect(codes(primary.included)).toBe('A B C 附初');
    expect(codes(primary.excluded)).toBe('民 省 点小 点大 特 附');
    expect(codes(junior.included)).toBe('C D E');
    expect(codes(junior.excluded)).toBe('市 特 职 专 附初');
    const reasons = Object.fromEntries(primary.excluded.map(({ code, reason }) => [code, reason]));
    expect(reasons.民).toContain('民办');
    expect(reasons.省).toContain('省属');
    expect(reasons.点大).toContain('教学点');
    expect(reasons.特).toContain('特殊教育');
    expect(junior.excluded.find(({ code }) => code === '市')!.reason).toContain('市直');
    expect(junior.excluded.find(({ code }) => code === '职')!.reason).toContain('职业');
  });

  it('quality-2017 takes private, 市直 and 省 schools and 教学点 from 50 pupils', () => {
    const { levels, assumptions } = runBalance(quality, [...complete, ...others]);
    expect(codes(levels.primary.included)).toBe('A B C 民 省 点大 附初');
    expect(codes(levels.primary.excluded)).toBe('点小 特 附');
    expect(codes(levels.junior.included)).toBe('C D E 市');
    expect(codes(levels.junior.excluded)).toBe('特 职 专 附初');
    expect(assumptions.find((text) => text.includes('民办学校计入'))).toContain('本次涉及 1 所');
    expect(assumptions.find((text) => text.includes('市直'))).toContain('本次涉及 2 所');
    expect(assumptions.some((text) => text.includes('219') && text.includes('319'))).toBe(true);
  });

  it.each([
    ['basic-2012', basic],
    ['quality-2017', quality],
  ])('%s counts no schools where it speaks of classes, and 专门学校 apart', (_, standard) => {
    const { assumptions, levels } = runBalance(standard, [...complete, ...others]);
    expect(codes(levels.junior.excluded)).toContain('附初');
    const ofClasses = assumptions.find((text) => text.includes('219'))!;
    expect(ofClasses).not.toContain('本次涉及');
    expect(ofClasses).not.toContain('专门学校');
    expect(assumptions.find((text) => text.includes('专门学校'))).toContain('本次涉及 1 所');
  });

  it('quality-2017 counts as taken in only schools of the kinds that it takes in', () => {
    const special = school('市特', '514', { p: 40 }, { sponsor: '市' });
    const { assumptions } = runBalance(quality, [...complete, ...others, special]);
    expect(assumptions.find((text) => text.includes('市直'))).toContain('本次涉及 2 所');
  });

  it('a combined school without pupils at a stage does not have it; a school without any pupils is left out', () => {
    const campus = school('校区', '312', { p: 200, j: 0 });
    const empty = school('空', '211', { p: 0 });
    const { primary, junior } = runBalance(basic, [campus, empty]).levels;
    expect(codes(primary.included)).toBe('校区');
    expect(primary.excluded).toEqual([{ code: '空', name: '示例空', reason: '小学在校生数为 0' }]);
    expect([...junior.included, ...junior.excluded]).toEqual([]);
  });

  it('a special school is listed at the stages it reports, at both where it reports nothing', () => {
    const one = school('特', '514', { p: 40 });
    const two = { ...one, code: '盲', type: '511', values: {} };
    const { primary, junior } = runBalance(quality, [one, two]).levels;
    expect(codes(primary.excluded)).toBe('特 盲');
    expect(codes(junior.excluded)).toBe('盲');
  });
});

describe('附设 classes', () => {
  const host = school('主', '211', { p: 200 });
  const filed = (附设班类型: string | null, 附设班在校生数: number | null) => ({
    ...host,
    values: { ...host.values, 附设班类型, 附设班在校生数 },
  });
  const area = (one: BalanceSchool) =>
    runBalance(basic, [...complete, one]).levels.primary.indicators[0]!.schools.at(-1)!.resources;

  it('share the host’s material by their stage, filed as such or as pupils of a stage', () => {
    const reported = { ...host, values: { ...host.values, 初中在校生数: 30 } };
    const attached = filed('附设普通初中班', 30);
    expect(area(attached)).toBeCloseTo((1400 * 200) / (200 + 1.1 * 30), 9);
    const figures = (one: BalanceSchool) => runBalance(basic, [...complete, one]);
    expect(figures(attached)).toEqual(figures(reported));
    expect(figures(attached).levels.junior.excluded).toEqual([
      { code: '主', name: '示例主', reason: expect.stringContaining('附设的初中班级') },
    ]);
  });

  it('change nothing where there are none, or where they have no stage of their own', () => {
    expect(area(filed('无', 0))).toBe(area(host));
    expect(area(filed('附设特教班', 12))).toBe(area(host));
  });

  it('of unknown size leave the share of the host unknown', () => {
    const { primary } = runBalance(basic, [...complete, filed('附设普通初中班', null)]).levels;
    expect(primary.missing).toEqual([{ code: '主', field: '附设班在校生数' }]);
    expect(primary.verdict).toBe('provisional');
  });
});

describe('the trace of a figure', () => {
  const { primary, junior } = runBalance(quality, complete).levels;
  const trace = (level: typeof primary, key: string, code: string) =>
    level.indicators.find((one) => one.key === key)!.schools.find((one) => one.code === code)!;

  it('can be checked with a pocket calculator', () => {
    expect(trace(primary, 'qualifiedTeachers', 'A').trace).toBe('7 = 28 × 100 ÷ 400');
    expect(trace(primary, 'teachingArea', 'A').trace).toBe('6 = （2800 − 400） ÷ 400');
    expect(trace(junior, 'equipmentValue', 'D').trace).toBe('3300 = 165 × 10000 ÷ 500');
    expect(trace(primary, 'multimediaRooms', 'C')).toMatchObject({
      trace: expect.stringMatching(/^[\d.]+ = 16 × （300 × 1 ÷ （300 × 1 \+ 200 × 1\.1）） × 100 ÷ 300$/),
    });
  });

  it('ends in the figure that counts, to the last digit', () => {
    for (const { schools } of [...primary.indicators, ...junior.indicators]) {
      for (const { trace: text, value } of schools) expect(text!.split(' = ')[0]).toBe(String(value));
    }
  });
});

describe('the published JSON', () => {
  it('has the keys of the contract in their order, and no others', () => {
    const report = balanceReport(runBalance(basic, complete));
    expect(Object.keys(report)).toEqual(['standard', 'levels', 'assumptions', 'verdict']);
    expect(Object.keys(report.levels)).toEqual(['primary', 'junior']);
    expect(Object.keys(report.levels.primary)).toEqual([
      ...['schools', 'excluded', 'missing', 'indicators', 'compositeCv', 'compositeLimit', 'verdict'],
    ]);
    expect(Object.keys(report.levels.primary.indicators[0]!)).toEqual([
      ...['key', 'name', 'mean', 'standardDeviation', 'cv', 'limit', 'pass'],
    ]);
    expect(report.levels.primary.indicators.every(({ limit, pass }) => limit === null && pass === null)).toBe(true);
    const seven = balanceReport(runBalance(quality, complete)).levels.junior;
    expect(seven).toMatchObject({ compositeCv: null, compositeLimit: null });
    expect(Object.keys(seven.compliance![0]!)).toEqual(['code', 'values', 'met', 'minimumRatio', 'pass']);
    expect(Object.keys(seven.compliance![0]!.values)).toEqual(seven.indicators.map(({ key }) => key));
  });

  it('is in the units of the standards: yuan, per hundred where the name says so', () => {
    const one = [school('A', '211', { p: 400 })];
    const means = (prepared: typeof basic) =>
      runBalance(prepared, one).levels.primary.indicators.map(({ mean }) => mean);
    expect(means(basic)).toEqual([7, 11, 3000, 20, 30, 0.08, 0.07, 0.04]);
    expect(means(quality)).toEqual([7, 1.5, 1.25, 6, 11, 3000, 3]);
  });
});

describe('aggregates over a county’s schools', () => {
  const runWith = (change: (standard: EditableStandard) => void, schools: BalanceSchool[]) => {
    const edited = standardJson('basic-2012');
    change(edited);
    return runBalance(prepareStandard(readStandard(edited), balanceFields), schools);
  };

  it('run over the schools of the set in an indicator, without rounding too', () => {
    const { primary } = runWith(
      ({ indicators }) => {
        indicators[4]!.numerator = '图书册数 * 平均(在校生数) / 在校生数';
      },
      [
        school('A', '211', { p: 50 }, { 图书册数: 30 }),
        school('B', '211', { p: 150 }, { 图书册数: 90 }),
        school('民', '211', { p: 500 }, { 图书册数: 500, sponsor: '民办' }),
        school('D', '311', { j: 500 }),
      ],
    ).levels;
    expect(primary.missing).toEqual([]);
    expect(primary.indicators[4]!.schools.map(({ resources }) => resources)).toEqual([60, 60]);
  });

  it('run over all schools that have the level in an exclusion, over every school in an assumption', () => {
    const { levels, assumptions } = runWith(
      (standard) => {
        const when = '在校生数 < 平均(在校生数) / 10';
        standard.exclusions.push({ levels: ['primary'], when, reason: '学生过少' });
        standard.assumptions.push({ text: '图书最多的学校', concerns: '图书册数 = 最大(图书册数)' });
      },
      [...complete, school('小', '211', { p: 20 })],
    );
    expect(levels.primary.excluded).toEqual([{ code: '小', name: '示例小', reason: '学生过少' }]);
    expect(assumptions.at(-1)).toBe('图书最多的学校（本次涉及 1 所）');
  });

  it('an aggregate over a school that lacks the figure is missing for all', () => {
    const { primary } = runWith(
      ({ indicators }) => {
        indicators[4]!.numerator = '图书册数 * 合计(图书册数) / 合计(图书册数)';
      },
      [complete[0]!, school('B', '211', { p: 50 }, { 图书册数: null })],
    ).levels;
    expect(primary).toMatchObject({ verdict: 'provisional', schools: 2 });
    expect(primary.indicators[4]!.cv).toBeNull();
  });
});
