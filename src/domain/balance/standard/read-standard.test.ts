import { describe, expect, it } from 'vitest';
import { complete, school, standardJson } from '#test/support/balance/schools.ts';
import { isProblem } from '../../kit/problem.ts';
import { runBalance } from '../run/run.ts';
import { balanceFields } from '../school/school.ts';
import { prepareStandard } from './prepared-standard.ts';
import { readNewStandard, readStandard } from './read-standard.ts';

describe('a standard as data', () => {
  /** The issues of quality-2017 with some places changed: `indicators.0.factor`. */
  const faultsWith = (changes: Record<string, unknown>): string[] => {
    const standard = standardJson('quality-2017');
    for (const [place, value] of Object.entries(changes)) {
      const path = place.split('.');
      const last = path.pop()!;
      path.reduce((part, key) => part[key] as Record<string, unknown>, standard as Record<string, unknown>)[last] =
        value;
    }
    try {
      readNewStandard(standard);
      return [];
    } catch (error) {
      if (!isProblem(error) || error.code !== 'standard.invalid') throw error;
      const { issues } = error.details as { issues: Array<{ path: string; message: string }> };
      return issues.map(({ path, message }) => `${path} ${message}`);
    }
  };

  it.each(['basic-2012', 'quality-2017'])('%s says of each exclusion and of the split where it comes from', (key) => {
    const standard = readStandard(standardJson(key));
    expect(standard.splitSource).toContain('教督〔2012〕3号');
    expect(standard.exclusions.every(({ source }) => source !== undefined && /〔20\d\d〕|未见明文/.test(source))).toBe(
      true,
    );
  });

  it('a revision without sources is read as it stands: a city adds exclusions of its own', () => {
    const own = standardJson('quality-2017');
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

  it('asks for the reason of a condition that has none', () => {
    expect(faultsWith({ 'exclusions.0.reason': '' })).toEqual(['exclusions[0].reason 请填写原因']);
  });

  it('says of whatever stands in the wrong place where it is and what belongs there, in Chinese', () => {
    const places = placesIn(standardJson('quality-2017'));
    expect(places.length).toBeGreaterThan(150);
    for (const place of places) {
      for (const wrong of [{}, [], '', -0.5, Number.NaN, [7]]) {
        const faults = faultsWith({ [place]: wrong });
        expect(faults.join('\n'), `${place} ${JSON.stringify(wrong)}`).toContain(place.replaceAll(/\.(\d+)/g, '[$1]'));
        for (const fault of faults) {
          expect(fault).toMatch(/[\u4e00-\u9fff]/);
          expect(fault).not.toMatch(/invalid|expected|too (small|big)/i);
        }
      }
    }
  });

  it('of which nothing can be read is refused as a whole', () => {
    for (const nothing of [null, undefined, 7, 'x', []]) {
      expect(() => readStandard(nothing)).toThrow('评估标准“未命名”有误：文件：应是一个对象');
    }
    expect(() => readStandard({ key: '优质' })).toThrow('评估标准“优质”有误：name：应是不为空的文字');
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
    const edited = standardJson('basic-2012');
    edited.exclusions = edited.exclusions.filter(({ reason }) => !/民办|不由本县政府/.test(String(reason)));
    const own = prepareStandard(readStandard(edited), balanceFields);
    const private_ = school('民', '211', { p: 300 }, { sponsor: '民办' });
    expect(runBalance(own, [...complete, private_]).levels.primary.included.at(-1)!.code).toBe('民');
  });
});

/** The place of every leaf, as `indicators.0.limits.primary`; lists may be empty and texts may be left out. */
function placesIn(part: unknown, at: readonly string[] = []): string[] {
  if (typeof part !== 'object' || part === null) return [at.join('.')];
  return Object.entries(part).flatMap(([key, inner]) => placesIn(inner, [...at, key]));
}
