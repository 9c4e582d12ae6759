import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../kit/problem.ts';
import { prepareStandard } from './prepared-standard.ts';
import { readStandard } from './read-standard.ts';
import { balanceReport } from './report.ts';
import { runBalance } from './run.ts';
import { type BalanceSchool, balanceFields } from './school.ts';

const json = (key: string) =>
  JSON.parse(readFileSync(new URL(`../../../reference/standards/${key}.json`, import.meta.url), 'utf8'));
const basic = prepareStandard(readStandard(json('basic-2012')), balanceFields);
const quality = prepareStandard(readStandard(json('quality-2017')), balanceFields);

const teachers = (prefix: string, heads: number) => ({
  [`${prefix}专任教师数`]: Math.round(heads * 0.08),
  [`${prefix}高于规定学历教师数`]: Math.round(heads * 0.07),
  [`${prefix}中级及以上职称教师数`]: Math.round(heads * 0.04),
  [`${prefix}县级以上骨干教师数`]: Math.round(heads * 0.015),
  [`${prefix}体育艺术专任教师数`]: Math.round(heads * 0.012),
});

/** A well-equipped school; material grows with its weighted heads. */
function school(
  code: string,
  type: string,
  heads: { p?: number; j?: number; s?: number },
  more: object = {},
): BalanceSchool {
  const { p = 0, j = 0, s = 0 } = heads;
  const weighted = p + 1.1 * j + 1.32 * s;
  const { sponsor = '县', ...values } = more as { sponsor?: BalanceSchool['sponsor'] };
  return {
    code,
    name: `示例${code}`,
    type,
    sponsor,
    values: {
      ...(heads.p === undefined ? {} : { 小学在校生数: p, ...teachers('小学', p) }),
      ...(heads.j === undefined ? {} : { 初中在校生数: j, ...teachers('初中', j) }),
      ...(heads.s === undefined ? {} : { 高中在校生数: s }),
      教学及辅助用房面积: weighted * 7,
      室内体育用房面积: weighted,
      运动场地面积: weighted * 10,
      教学仪器设备值: weighted * 0.3,
      计算机台数: Math.ceil(weighted * 0.2),
      图书册数: Math.ceil(weighted * 30),
      网络多媒体教室数: Math.ceil(weighted * 0.03),
      ...values,
    },
  };
}

const complete = [
  school('A', '211', { p: 400 }),
  school('B', '211', { p: 900 }),
  school('C', '312', { p: 300, j: 200 }),
  school('D', '311', { j: 500 }),
  school('E', '341', { j: 400, s: 600 }),
];

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

describe('missing is neither zero nor hidden', () => {
  const lacking = [school('A', '211', { p: 400 }, { 图书册数: null }), ...complete.slice(1)];

  it('a school lacking one input is left out of that indicator only, and the verdict is provisional', () => {
    const { primary, junior } = runBalance(basic, lacking).levels;
    expect(primary.schools).toBe(3);
    expect(primary.missing).toEqual([{ code: 'A', field: '图书册数' }]);
    const books = primary.indicators.find(({ key }) => key === 'books')!;
    const without = runBalance(basic, complete.slice(1)).levels.primary.indicators.find(({ key }) => key === 'books')!;
    expect(books.cv).toBe(without.cv);
    const none = { pupils: null, resources: null, value: null, contribution: null, trace: null };
    expect(books.schools[0]).toEqual({ code: 'A', ...none, reason: '未填报：图书册数' });
    expect(books.schools[1]!.reason).toBeNull();
    expect(primary.indicators.find(({ key }) => key === 'computers')!.schools[0]!.value).not.toBeNull();
    expect(primary.verdict).toBe('provisional');
    expect(junior.verdict).toBe('pass');
    expect(runBalance(basic, lacking).verdict).toBe('provisional');
  });

  it('pupils missing: out of every indicator; the split of a combined school needs all its stages', () => {
    const { primary, junior } = runBalance(basic, [
      school('甲', '211', { p: 1 }, { 小学在校生数: null }),
      school('乙', '312', { p: 300, j: 1 }, { 初中在校生数: null }),
      ...complete,
    ]).levels;
    expect(primary.missing).toEqual([
      { code: '甲', field: '小学在校生数' },
      { code: '乙', field: '初中在校生数' },
    ]);
    expect(junior.missing).toEqual([{ code: '乙', field: '初中在校生数' }]);
    const taught = primary.indicators.find(({ key }) => key === 'teachers')!;
    expect(taught.schools.map(({ value }) => value === null)).toEqual([true, false, false, false, false]);
    const area = primary.indicators.find(({ key }) => key === 'teachingArea')!;
    expect(area.schools.map(({ value }) => value === null)).toEqual([true, true, false, false, false]);
  });

  it('a 教学点 whose pupils nobody knows is neither in nor out: missing, provisional', () => {
    const { primary } = runBalance(quality, [
      ...complete,
      school('点', '218', { p: 1 }, { 小学在校生数: null }),
    ]).levels;
    expect(primary.excluded).toEqual([]);
    expect(primary.missing).toEqual([{ code: '点', field: '小学在校生数' }]);
    expect(primary.verdict).toBe('provisional');
  });

  it('an unknown 举办者 leaves a school out of the figures of basic-2012, not of quality-2017', () => {
    const unknown = { ...school('甲', '211', { p: 100 }), sponsor: null };
    const inBasic = runBalance(basic, [...complete, unknown]).levels.primary;
    expect(inBasic.missing).toEqual([{ code: '甲', field: '举办者' }]);
    expect(inBasic.indicators[0]!.cv).toBe(runBalance(basic, complete).levels.primary.indicators[0]!.cv);
    expect(runBalance(quality, [...complete, unknown]).levels.primary.missing).toEqual([]);
  });

  it('a figure is null only where no school is left or the mean is zero', () => {
    const none = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: null } }));
    const zero = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: 0 } }));
    const books = (schools: BalanceSchool[]) =>
      balanceReport(runBalance(basic, schools)).levels.primary.indicators.find(({ key }) => key === 'books')!;
    expect(books(none)).toMatchObject({
      mean: null,
      standardDeviation: null,
      cv: null,
      reason: '没有可参与计算的学校',
    });
    expect(books(zero)).toMatchObject({ mean: 0, standardDeviation: 0, cv: null });
    expect(books(zero).reason).toContain('平均值为零');
    const report = balanceReport(runBalance(basic, zero));
    expect(report.levels.primary).toMatchObject({ compositeCv: null, verdict: 'unavailable' });
    expect(report.levels.primary.reason).toContain('图书');
  });

  it('what cannot be computed is missing as well as what nobody filed, with and without the name of a field', () => {
    const without = school('零', '211', { p: 200 }, { 计算机台数: 0 });
    const run = (change: (standard: { exclusions: object[]; indicators: Array<{ numerator: string }> }) => void) => {
      const edited = json('quality-2017');
      change(edited);
      return runBalance(prepareStandard(readStandard(edited), balanceFields), [...complete, without]).levels.primary;
    };
    const excluding = (when: string) =>
      run((standard) => standard.exclusions.push({ levels: ['primary'], when, reason: '图书多于计算机' }));
    expect(excluding('图书册数 / 计算机台数 > 1000')).toMatchObject({
      missing: [{ code: '零', field: '计算机台数' }],
      verdict: 'provisional',
    });
    expect(excluding('学校标识码 = "零" 且 1 / (1 - 1) > 0')).toMatchObject({
      missing: [{ code: '零', field: '除数为零' }],
      verdict: 'provisional',
    });
    const divided = run((standard) => {
      standard.indicators[3]!.numerator = '教学及辅助用房面积 * (计算机台数 / 计算机台数)';
    });
    expect(divided).toMatchObject({ missing: [{ code: '零', field: '计算机台数' }], verdict: 'provisional' });
    expect(divided.compliance!.find(({ code }) => code === '零')).toMatchObject({
      pass: null,
      reason: '除数为零：计算机台数',
    });
  });

  it('a mean below zero has no 差异系数: sports rooms larger than the rooms that hold them', () => {
    const turned = (code: string) =>
      school(code, '211', { p: 100 }, { 教学及辅助用房面积: 100, 室内体育用房面积: 300 });
    const { primary } = runBalance(quality, [turned('A'), school('B', '211', { p: 1 })]).levels;
    const area = primary.indicators.find(({ key }) => key === 'teachingArea')!;
    expect(area).toMatchObject({ cv: null, pass: null, distance: null, reason: expect.stringContaining('平均值为负') });
    expect(area.mean).toBeLessThan(0);
  });

  it('compliance with an input missing is open, unless the rest already fails', () => {
    const open = runBalance(quality, [school('A', '211', { p: 400 }, { 网络多媒体教室数: null })]).levels.primary;
    expect(open.compliance![0]).toMatchObject({ met: 6, minimumRatio: null, pass: null });
    expect(open.compliance![0]!.reason).toBe('未填报：网络多媒体教室数');
    const failed = school('A', '211', { p: 400 }, { 网络多媒体教室数: null, 运动场地面积: 0, 室内体育用房面积: 0 });
    expect(runBalance(quality, [failed]).levels.primary.compliance![0]).toMatchObject({ pass: false });
  });
});

describe('verdicts', () => {
  it('one school alone has no variation', () => {
    const { primary } = runBalance(basic, [complete[0]!]).levels;
    expect(primary.indicators.map(({ cv }) => cv)).toEqual(Array(8).fill(0));
    expect(primary.verdict).toBe('pass');
  });

  it('quality-2017 fails by a single school below its thresholds and by a single 差异系数', () => {
    expect(runBalance(quality, complete).verdict).toBe('pass');
    const poor = school('P', '211', { p: 100 }, { 教学仪器设备值: 1, 网络多媒体教室数: 1 });
    expect(runBalance(quality, [...complete, poor]).levels.primary.verdict).toBe('fail');
    const rich = school('R', '211', { p: 400 }, { 教学仪器设备值: 2000 });
    const { primary } = runBalance(quality, [...complete, rich]).levels;
    expect(primary.compliance!.every(({ pass }) => pass)).toBe(true);
    expect(primary.indicators.filter(({ pass }) => pass === false).map(({ key }) => key)).toEqual(['equipmentValue']);
    expect(primary.verdict).toBe('fail');
  });

  it('a 差异系数 exactly at the limit is within it: two schools at 0.5 and 1.5 of the mean', () => {
    const half = (code: string, 县级以上骨干教师数: number) =>
      school(code, '211', { p: 300 }, { 小学县级以上骨干教师数: 县级以上骨干教师数 });
    const at = runBalance(quality, [half('A', 3), half('B', 9)]).levels.primary.indicators[1]!;
    expect(at.cv).toBeCloseTo(0.5, 12);
    expect(at.pass).toBe(true);
    const beyond = runBalance(quality, [half('A', 3), half('B', 10)]).levels.primary.indicators[1]!;
    expect(beyond.pass).toBe(false);
    expect(beyond.distance).toBeLessThan(0);
  });

  it('a distance never contradicts the verdict, however the doubles fall', () => {
    // 11 and 29 square metres on 54 pupils each: exactly 0.45, in doubles 0.4500000000000002.
    const split = (code: string, area: number) =>
      school(code, '311', { j: 54 }, { 教学及辅助用房面积: area, 室内体育用房面积: 0 });
    const at = runBalance(quality, [split('A', 11), split('B', 29)]).levels.junior.indicators[3]!;
    expect(at.cv).toBeGreaterThan(0.45);
    expect(at).toMatchObject({ pass: true, distance: 0 });
  });

  it('the side of 综合差异系数 is decided without rounding too', () => {
    // All eight at 7 to 33 on 51 pupils: exactly the limit 0.65, in doubles above it.
    const even = (code: string, parts: number) => {
      const names = ['专任教师数', '高于规定学历教师数', '中级及以上职称教师数'].map((name) => `小学${name}`);
      const material = ['教学及辅助用房面积', '运动场地面积', '教学仪器设备值', '计算机台数', '图书册数'];
      const values = Object.fromEntries([...names, ...material].map((name) => [name, parts]));
      return school(code, '211', { p: 51 }, { ...values, 室内体育用房面积: 0 });
    };
    const { primary } = runBalance(basic, [even('A', 7), even('B', 33)]).levels;
    expect(primary.compositeCv).toBeGreaterThan(0.65);
    expect(primary).toMatchObject({ compositePass: true, verdict: 'pass' });
    const beyond = runBalance(basic, [even('A', 7), even('B', 34)]).levels.primary;
    expect(beyond).toMatchObject({ compositePass: false, verdict: 'fail' });
    expect(runBalance(quality, [even('A', 7)]).levels.primary.compositePass).toBeNull();
  });

  it('a certain failure is not hidden by an indicator whose mean is 0', () => {
    // No school has a 骨干教师: that 差异系数 does not exist, but no school reaches 85 % of the threshold either.
    const plain = ['A', 'B'].map((code) => school(code, '211', { p: 400 }, { 小学县级以上骨干教师数: 0 }));
    const { primary } = runBalance(quality, plain).levels;
    expect(primary.indicators[1]).toMatchObject({ cv: null, pass: null });
    expect(primary.compliance!.map(({ pass }) => pass)).toEqual([false, false]);
    expect(primary).toMatchObject({ verdict: 'fail', reason: null });
  });

  it('an indicator whose mean is 0 keeps the verdict open where nothing else decides it', () => {
    const none = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: 0 } }));
    expect(runBalance(basic, none).levels.primary.verdict).toBe('unavailable');
  });

  it('what is missing keeps it provisional, also where every school lacks it and where the rest already fails', () => {
    const none = complete.map((one) => ({ ...one, values: { ...one.values, 图书册数: null } }));
    const { primary } = runBalance(basic, none).levels;
    expect(primary).toMatchObject({ verdict: 'provisional', compositeCv: null });
    expect(primary.reason).toBe('有 3 所学校缺少数据；生均图书册数：没有可参与计算的学校');
    expect(balanceReport(runBalance(basic, none)).levels.primary.reason).toContain('图书');
    const failing = school('P', '211', { p: 100 }, { 教学仪器设备值: 1, 图书册数: null, 网络多媒体教室数: null });
    expect(runBalance(quality, [...complete, failing]).levels.primary.verdict).toBe('provisional');
  });

  it('the contributions add up to 1, to 0 where the schools do not differ', () => {
    const { indicators } = runBalance(quality, [...complete, school('F', '311', { j: 77 })]).levels.junior;
    const sums = indicators.map(({ schools }) => schools.reduce((sum, { contribution }) => sum + contribution!, 0));
    indicators.forEach(({ standardDeviation }, index) => {
      expect(sums[index]).toBeCloseTo(standardDeviation === 0 ? 0 : 1, 12);
    });
    expect(sums.filter((sum) => sum > 0).length).toBeGreaterThan(2);
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
  interface Edited {
    readonly indicators: Array<{ numerator: string }>;
    readonly exclusions: object[];
    readonly assumptions: object[];
  }
  const runWith = (change: (standard: Edited) => void, schools: BalanceSchool[]) => {
    const edited = json('basic-2012');
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

describe('a standard as data', () => {
  /** The issues of quality-2017 with some places changed: `indicators.0.factor`. */
  const faultsWith = (changes: Record<string, unknown>): string[] => {
    const standard = json('quality-2017');
    for (const [place, value] of Object.entries(changes)) {
      const path = place.split('.');
      const last = path.pop()!;
      path.reduce((part, key) => part[key], standard)[last] = value;
    }
    try {
      readStandard(standard);
      return [];
    } catch (error) {
      if (!isProblem(error) || error.code !== 'standard.invalid') throw error;
      const { issues } = error.details as { issues: Array<{ path: string; message: string }> };
      return issues.map(({ path, message }) => `${path} ${message}`);
    }
  };

  it.each(['basic-2012', 'quality-2017'])('%s says of each exclusion and of the split where it comes from', (key) => {
    const standard = readStandard(json(key));
    expect(standard.splitSource).toContain('教督〔2012〕3号');
    expect(standard.exclusions.every(({ source }) => source !== undefined && /〔20\d\d〕|未见明文/.test(source))).toBe(
      true,
    );
  });

  it('a revision without sources is read as it stands: a city adds exclusions of its own', () => {
    const own = json('quality-2017');
    own.exclusions.push({ levels: ['primary'], when: '举办者 = "其他"', reason: '企业办学校不计入' });
    delete own.splitSource;
    const standard = readStandard(own);
    expect(standard.exclusions.at(-1)).not.toHaveProperty('source');
    expect(standard).not.toHaveProperty('splitSource');
    expect(faultsWith({ 'exclusions.0.source': 7 })).toEqual([expect.stringContaining('exclusions[0].source')]);
  });

  it('is refused with every fault and its place', () => {
    expect(faultsWith({})).toEqual([]);
    const changes = { 'document.issued': '2017-02-30', 'indicators.0.factor': '100', 'compliance.minimumMet': 8 };
    expect(faultsWith(changes)).toEqual([
      expect.stringContaining('document.issued'),
      expect.stringContaining('indicators[0].factor'),
      expect.stringContaining('compliance.minimumMet'),
    ]);
  });

  it.each(['达到优质均衡', '已 达 到 县域义务教育基本均衡发展水平'])('may not call a verdict “%s”', (words) => {
    const faults = faultsWith({ 'verdictNames.pass': words });
    expect(faults).toEqual([expect.stringContaining('verdictNames.pass')]);
    expect(faults[0]).toContain('由国家认定');
    expect(faultsWith({ 'verdictNames.pass': '均衡指标达标' })).toEqual([]);
  });

  it('a wrong formula, unit or conversion is found', () => {
    const faults = faultsWith({
      'indicators.0.numerator': '高于规定学历教师',
      'indicators.5.factor': 1,
      'indicators.6.unit': '册/百名学生',
      'exclusions.0.when': '办学类型 > "211"',
    }).join('\n');
    expect(faults).toContain('是否应为“高于规定学历教师数”');
    expect(faults).toContain('系数应是 10000');
    expect(faults).toContain('间/人');
    expect(faults).toContain('只能比较是否相等');
  });

  it('can be edited: the predicate decides, not the program', () => {
    const edited = json('basic-2012');
    edited.exclusions = edited.exclusions.filter(
      ({ reason }: { reason: string }) => !reason.includes('民办') && !reason.includes('不由本县政府'),
    );
    const own = prepareStandard(readStandard(edited), balanceFields);
    const private_ = school('民', '211', { p: 300 }, { sponsor: '民办' });
    expect(runBalance(own, [...complete, private_]).levels.primary.included.at(-1)!.code).toBe('民');
  });
});
