import { describe, expect, it } from 'vitest';
import { reportRun, reportSchool as school, shipped } from '#test/support/balance/report-run.ts';
import { layOutReport } from '../../report/laid-report.ts';
import type { Report } from '../../report/report.ts';
import { type CountyStanding, cityReport, countSentences, oftenSentences, turnSentences } from './city-report.ts';
import { type Certificate, countyReport, reportFileName } from './county-report.ts';

const { standard } = shipped('quality-2017');
const certificate: Certificate = {
  ...{ runId: '0198f3a2-7c11-7abc-8def-0123456789ab', inputsHash: '9f86d081884c7d65'.repeat(4), formulaVersion: '3' },
  edition: { kind: 'original', number: 1 },
  ...{ runAt: '2025-11-30T17:30:00.000Z', runBy: null },
};
const result = reportRun('quality-2017', [school('甲'), school('乙', { 教学仪器设备值: 400 })]);
const facts = () => ({ schoolType: '211', sponsorCode: 7, pupils: 300, grades: null, classes: 8 });
const county = (over: object = {}): Report =>
  countyReport({
    ...{ county: '示例县', year: 2025, standard },
    run: { certificate, result, facts, earlier: null, course: [], ...over },
  });
const texts = (report: Report) =>
  report.parts.flatMap(({ blocks }) => blocks.map((block) => ('text' in block ? block.text : block.caption)));

describe('the report of a county', () => {
  it('has only the sections that have something to say', () => {
    const laid = layOutReport(county());
    const headings = laid.parts.flatMap(({ blocks }) =>
      blocks.flatMap((one) => (one.kind === 'heading' ? [one.text] : [])),
    );
    expect(headings).toEqual([
      '一、结论',
      '二、差异系数',
      '三、逐校数值',
      '四、测算口径',
      '五、申报表',
      '六、数值凭据',
    ]);
    const open = [school('甲'), school('丙', { 网络多媒体教室数: null })];
    const earlier = { result, certificate, schools: [(code: string) => code, (code: string) => code] as const };
    expect(texts(county({ result: reportRun('quality-2017', open), earlier })).join()).toMatch(/与往年相比.*数据缺口/);
  });

  it('holds 表Ⅱ-1, 表Ⅲ and 表Ⅱ-2 as they stand, on pages across', () => {
    const across = county().parts.filter(({ landscape }) => landscape);
    const tables = across.flatMap(({ blocks }) => blocks.flatMap((one) => (one.kind === 'table' ? [one] : [])));
    expect(tables.map(({ caption }) => caption.split('　')[0])).toEqual(['表Ⅱ-1', '表Ⅲ', '表Ⅱ-2']);
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  it('carries the certificate of its figures on every page and whole at its end', () => {
    const report = county();
    expect(report.foot).toBe(
      '示例县　2025 学年　测算 0198f3a2-7c11-7abc-8def-0123456789ab　输入 9f86d081884c　公式第 3 版　原文',
    );
    const last = JSON.stringify(report.parts.at(-1));
    expect(last).toContain(certificate.inputsHash);
    expect(last).toContain('2025-12-01 01:30:00（北京时间）');
    expect(last).toContain('dudao balance 文件名 --standard quality-2017');
    expect(report.day).toBe('2025-12-01');
  });

  it('says so where two years were computed by other rules', () => {
    const earlier = {
      ...{ result, certificate: { ...certificate, formulaVersion: '2' } },
      schools: [(code: string) => code, (code: string) => code] as const,
    };
    expect(texts(county({ earlier })).join()).toContain('上年按原文、公式第 2 版测算，今年按原文、公式第 3 版测算');
  });

  it('has no figure and no zero for a county without a run, but the reason', () => {
    const report = countyReport({
      ...{ county: '示例县', year: 2025, standard },
      run: { lacking: '还没有已批准的填报', today: '2025-12-01' },
    });
    expect(texts(report)).toEqual([
      '结论',
      '2025 学年还没有已批准的填报，没有测算，因此本报告没有数值。县级批准第一份填报后自动测算。',
    ]);
  });

  it('is named after its county and year', () => {
    expect(reportFileName('鲤城区', 2025, standard)).toBe('均衡测算报告_鲤城区_2025 学年_优质均衡 2017');
  });

  it('draws a school that lacks a figure nowhere, and one on its threshold as reaching it', () => {
    const exactly = reportRun('quality-2017', [
      school('甲', { 教学仪器设备值: 60 }),
      school('丙', { 教学仪器设备值: null }),
    ]);
    const strips = county({ result: exactly })
      .parts[0]!.blocks.filter((one) => one.kind === 'figure')
      .at(-1)!;
    expect(strips.description).toContain('仪器设备值：1 所学校，均值 2000.00，低于标准值 0 所');
  });
});

describe('the report of a city', () => {
  const standing = (name: string, over: Partial<CountyStanding> = {}): CountyStanding => ({
    county: name,
    verdictBefore: null,
    run: {
      ...{ certificate, verdict: 'fail', sentence: '小学设备超限。' },
      levels: {
        primary: {
          ...result.levels.primary,
          ...{ missingSchools: 0, compliance: { judged: 2, passed: 2 } },
        },
        junior: { ...result.levels.junior, missingSchools: 0, compliance: null },
      },
    },
    ...over,
  });
  const counties = [
    standing('示例甲县', { verdictBefore: 'pass' }),
    standing('示例乙县'),
    standing('示例丙县', { run: null }),
  ];

  it('counts verdicts and names who has no run', () => {
    expect(countSentences(standard, counties)).toEqual([
      `全市 3 个单位：${standard.verdictNames.fail} 2 个。`,
      '没有测算的 1 个：示例丙县。县级批准第一份填报后自动测算。',
    ]);
  });

  it('says who turned, and what is over its limit in most units', () => {
    expect(turnSentences(standard, counties)).toEqual([
      `由“${standard.verdictNames.pass}”变为“${standard.verdictNames.fail}”的有 1 个：示例甲县。`,
    ]);
    expect(oftenSentences(standard, counties)).toEqual([
      '超过限值的单位最多的是小学生均教学仪器设备值（2 个：示例甲县、示例乙县）。',
    ]);
    expect(turnSentences(standard, counties.slice(1))).toEqual([]);
    expect(oftenSentences(standard, counties.slice(2))).toEqual([]);
  });

  it('gives each unit a row, a sentence where it does not pass, and its certificate', () => {
    const report = cityReport({ city: '示例市', year: 2025, standard, counties, today: '2025-12-02' });
    expect(texts(report)).toContain('示例甲县：小学设备超限。');
    const tables = report.parts.flatMap(({ blocks }) => blocks.flatMap((one) => (one.kind === 'table' ? [one] : [])));
    expect(tables[0]!.rows).toEqual([
      ['示例甲县', standard.verdictNames.fail, '1', '2 / 2', '—', '—'],
      ['示例乙县', standard.verdictNames.fail, '1', '2 / 2', '—', '—'],
      ['示例丙县', '没有测算', '—', '—', '—', '—'],
    ]);
    expect(tables.at(-1)!.rows.map(([name, , id]) => [name, id])).toEqual([
      ['示例甲县', certificate.runId],
      ['示例乙县', certificate.runId],
    ]);
    expect(tables[1]!.rows[0]).toContain('▲ 0.733');
  });

  it('of a city without any run says so', () => {
    const none = cityReport({ city: '示例市', year: 2025, standard, counties: counties.slice(2), today: '2025-12-02' });
    expect(none.parts).toHaveLength(1);
    expect(none.day).toBe('2025-12-02');
  });
});

describe('by the standard of 基本均衡', () => {
  const basic = shipped('basic-2012').standard;
  const own = reportRun('basic-2012', [school('甲'), school('乙', { 教学仪器设备值: 400 })]);

  it('the one coefficient that decides stands in every plot', () => {
    const report = countyReport({
      ...{ county: '示例县', year: 2025, standard: basic },
      run: {
        ...{ certificate, result: own, facts, earlier: null },
        course: [2024, 2025].map((year) => ({ year, levels: own.levels })),
      },
    });
    const said = report.parts[0]!.blocks.flatMap((block) => (block.kind === 'figure' ? [block.description] : []));
    expect(said[0]).toMatch(/，综合 0\.\d{3}/);
    expect(said[1]).toMatch(/；综合：2024 年 0\.\d{3}，2025 年 0\.\d{3}$/);
  });
});
