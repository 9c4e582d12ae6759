import { describe, expect, it } from 'vitest';
import edition from '../../../reference/catalogues/resource-2025.json' with { type: 'json' };
import type { Catalogue } from './catalogue.shape.ts';
import type { CellValue } from './catalogue.ts';
import { enteredFields, filesResources, sectionsOf, visibleFields } from './catalogue.ts';
import { validateCatalogue } from './catalogue-check.ts';
import { checkFiling, completeValues, countFilled, countFindings } from './check.ts';
import { derive } from './derive.ts';
import { readCatalogue } from './read-catalogue.ts';
import { joinedFields } from './rules.ts';

const catalogue = readCatalogue(edition);
const primary = { schoolType: '211' };

/** A primary school of 400 pupils with nothing wrong. */
const sound: Record<string, CellValue> = {
  小学在校生数: 400,
  小学班级数: 10,
  小学最大班额: 45,
  小学随迁子女数: 12,
  小学专任教师数: 24,
  小学博士学历教师数: 0,
  小学硕士学历教师数: 1,
  小学本科学历教师数: 18,
  小学专科学历教师数: 5,
  小学正高级职称教师数: 0,
  小学副高级职称教师数: 4,
  小学中级职称教师数: 12,
  小学初级及未定职级职称教师数: 8,
  小学县级以上骨干教师数: 5,
  小学体育教师数: 2,
  小学音乐教师数: 1,
  小学美术教师数: 1,
  小学艺术教师数: 0,
  附设班类型: '无',
  附设班在校生数: 0,
  教学及辅助用房面积: 2400,
  室内体育用房面积: 300,
  运动场地面积: 3500,
  教学仪器设备值: 96.5,
  计算机台数: 60,
  图书册数: 12000,
  网络多媒体教室数: 12,
};

function check(changed: Record<string, CellValue>, reference: Record<string, CellValue> = {}, explanations = {}) {
  return checkFiling({ catalogue, school: primary, values: { ...sound, ...changed }, reference, explanations });
}

describe('the catalogue edition', () => {
  it('is sound', () => expect(validateCatalogue(catalogue)).toEqual([]));

  it('shows a school its own sections only', () => {
    expect(sectionsOf(catalogue, '211')).toEqual(['school', 'primary']);
    expect(sectionsOf(catalogue, '312')).toEqual(['school', 'primary', 'junior']);
    expect(sectionsOf(catalogue, '345')).toEqual(['school', 'primary', 'junior', 'senior']);
    expect(visibleFields(catalogue, primary).some((field) => field.section === 'junior')).toBe(false);
    expect(filesResources(catalogue, '111')).toBe(false);
    expect(filesResources(catalogue, '514')).toBe(true);
  });

  it('names every heading of the balance table', () => {
    const keys = new Set(catalogue.fields.map((field) => field.key));
    const headings = [
      ...['学校标识码', '学校名称', '县级单位', '办学类型', '举办者', '小学在校生数', '初中在校生数', '高中在校生数'],
      ...[
        '教学及辅助用房面积',
        '室内体育用房面积',
        '运动场地面积',
        '教学仪器设备值',
        '计算机台数',
        '图书册数',
        '网络多媒体教室数',
      ],
      ...['小学', '初中'].flatMap((section) =>
        ['专任教师数', '高于规定学历教师数', '中级及以上职称教师数', '县级以上骨干教师数', '体育艺术专任教师数'].map(
          (name) => section + name,
        ),
      ),
    ];
    expect(headings.filter((heading) => !keys.has(heading))).toEqual([]);
  });

  it('finds unknown names, cycles and duplicates in a broken edition', () => {
    const broken = structuredClone(catalogue) as { -readonly [K in keyof Catalogue]: Catalogue[K] };
    const field = broken.fields.find((one) => one.key === '小学高于规定学历教师数')!;
    broken.fields = [
      ...broken.fields.filter((one) => one !== field),
      { ...field, derived: '小学中级及以上职称教师数 + 小学没有这一项' },
      { ...field, key: '甲', derived: '乙 + 1' },
      { ...field, key: '乙', derived: '甲 * 2' },
      broken.fields[0]!,
    ];
    const faults = validateCatalogue(broken).join('\n');
    expect(faults).toContain('小学没有这一项');
    expect(faults).toContain('甲 → 乙 → 甲');
    expect(faults).toContain('“学校标识码”出现了不止一次');
  });
});

describe('checking a filing', () => {
  it('finds nothing in a sound filing', () => expect(check({})).toEqual([]));

  it('asks for every required field and takes zero as an answer', () => {
    const missing = check({ 小学体育教师数: null, 小学音乐教师数: 0 });
    expect(missing.map((finding) => [finding.code, finding.fields[0]])).toEqual([['required', '小学体育教师数']]);
    expect(missing[0]!.sentence).toContain('请填 0');
    const empty = checkFiling({ catalogue, school: primary, values: {}, reference: {}, explanations: {} });
    expect(empty).toHaveLength(enteredFields(catalogue, primary).length);
    expect(countFilled(catalogue, primary, { 小学在校生数: 0 }).filled).toBe(1);
  });

  it.each([
    ['小学在校生数', '约四百', 'type'],
    ['小学班级数', 10.5, 'integer'],
    ['教学仪器设备值', 96.555, 'precision'],
    ['小学班级数', -1, 'minimum'],
    ['教学及辅助用房面积', 900000, 'maximum'],
    ['附设班类型', '附设幼儿班', 'choice'],
  ])('finds in %s = %s the fault %s and reports it once', (field, value, code) => {
    const hard = check({ [field]: value }).filter(
      (finding) => finding.weight === 'hard' && finding.fields[0] === field,
    );
    expect(hard.map((finding) => finding.code)).toContain(code);
    expect(hard.find((finding) => finding.code === code)!.sentence).toContain(field);
  });

  it('names the two figures of its sentence where it compares them by a product', () => {
    const { sentence } = check({ 小学在校生数: 4000, 小学最大班额: 95 }).find(
      ({ code }) => code === 'primary-largest-class-holds-mean',
    )!;
    expect(sentence).toBe(
      '小学最大班额不得小于平均班额（在校生数 ÷ 班级数）：现在是 95 与 400，相差 305。请核对小学在校生数、小学班级数、小学最大班额。',
    );
    const close = check({ 小学在校生数: 1000, 小学班级数: 30, 小学最大班额: 33 }).find(
      ({ code }) => code === 'primary-largest-class-holds-mean',
    )!;
    expect(close.sentence).toContain('现在是 33 与 33.33，相差 0.33。');
    const many = check({ 小学在校生数: 4000, 小学随迁子女数: 5100 }).find(({ fields }) =>
      fields.includes('小学随迁子女数'),
    )!;
    expect(many.sentence).toContain('现在是 5,100 与 4,000，相差 1,100。');
  });

  it('holds parts against their total, with both numbers and the fields in the sentence', () => {
    const [finding] = check({ 小学中级职称教师数: 14 });
    expect(finding).toMatchObject({ code: 'primary-titles-sum', weight: 'hard' });
    expect(finding!.fields).toContain('小学专任教师数');
    expect(finding!.sentence).toContain('现在是 26 与 24，相差 2');
  });

  it('does not let the noise of doubles decide', () => {
    expect(check({ 教学及辅助用房面积: 0.3, 室内体育用房面积: 0.3 }).map((finding) => finding.code)).not.toContain(
      'indoor-sports-within-teaching',
    );
    expect(check({ 教学及辅助用房面积: 2400.11, 室内体育用房面积: 2400.12 }).map((finding) => finding.code)).toContain(
      'indoor-sports-within-teaching',
    );
  });

  it('says nothing about a rule whose values are missing', () => {
    expect(check({ 小学专任教师数: null }).map((finding) => finding.code)).toEqual(['required']);
  });

  it('asks for an explanation beyond thirty per cent, and no more once it is written', () => {
    const before = { 教学及辅助用房面积: 1800, 图书册数: 12000, 小学班级数: 10 };
    const at = check({ 教学及辅助用房面积: 2340 }, before);
    expect(at).toEqual([]);
    const beyond = check({ 教学及辅助用房面积: 2341 }, before);
    expect(beyond.map((finding) => [finding.code, finding.weight, finding.fields])).toEqual([
      ['change', 'soft', ['教学及辅助用房面积']],
    ]);
    expect(countFindings(beyond)).toEqual({ hard: 0, soft: 1, unexplained: 1 });
    const explained = check({ 教学及辅助用房面积: 2341 }, before, {
      教学及辅助用房面积: { text: '新建教学楼一幢' },
    });
    expect(countFindings(explained)).toEqual({ hard: 0, soft: 1, unexplained: 0 });
    expect(explained[0]!.explanation).toBe('新建教学楼一幢');
  });

  it('asks anew for a doubt that the explanation was not written for', () => {
    const said = (answers: string[]) =>
      check(
        { 教学及辅助用房面积: 2341 },
        { 教学及辅助用房面积: 1800 },
        { 教学及辅助用房面积: { text: '新建', answers } },
      );
    expect(said(['change'])[0]!.explanation).toBe('新建');
    expect(said(['area-per-pupil'])[0]!.explanation).toBeNull();
  });

  it('takes a year without values as no change, and small numbers as no doubt', () => {
    expect(check({ 小学体育教师数: 4 }, { 小学体育教师数: 2 })).toEqual([]);
    expect(check({ 图书册数: 12000 }, { 图书册数: null })).toEqual([]);
    expect(check({ 室内体育用房面积: 0 }, { 室内体育用房面积: 0 })).toEqual([]);
    expect(check({ 教学仪器设备值: 9 }, { 教学仪器设备值: 4.1 })[0]).toMatchObject({ code: 'change', weight: 'soft' });
    expect(check({ 图书册数: 12000 }, { 图书册数: 0 })[0]!.sentence).toContain('去年是 0');
  });

  it('doubts an implausible value per pupil, but not in a very small school', () => {
    expect(check({ 图书册数: 120000 }).map((finding) => finding.code)).toEqual(['books-per-pupil']);
    const small = { 小学在校生数: 40, 小学班级数: 4, 小学最大班额: 12, 小学随迁子女数: 0, 图书册数: 12000 };
    expect(check(small).map((finding) => finding.code)).toEqual([]);
    const crowded = { 小学在校生数: 4000, 小学班级数: 90, 图书册数: 4000 };
    const [sentence] = check(crowded).flatMap((one) => (one.code === 'books-per-pupil' ? [one.sentence] : []));
    expect(sentence).toContain('（4,000 ÷ 在校生 4,000）偏低');
  });
});

describe('derived fields and joined fields', () => {
  it('are computed, and missing stays missing', () => {
    expect(derive(catalogue, primary, sound)).toEqual({
      小学高于规定学历教师数: 24,
      小学中级及以上职称教师数: 16,
      小学体育艺术专任教师数: 4,
    });
    expect(derive(catalogue, primary, { ...sound, 小学美术教师数: null }).小学体育艺术专任教师数).toBeNull();
    const complete = completeValues(catalogue, primary, { ...sound, 初中在校生数: 5 });
    expect(complete.小学体育艺术专任教师数).toBe(4);
    expect(complete).not.toHaveProperty('初中在校生数');
  });

  it('open what stands in a hard rule with a returned field, one step only', () => {
    const open = joinedFields(catalogue, primary, ['小学体育教师数']);
    expect(open).toEqual(['小学专任教师数', '小学体育教师数', '小学音乐教师数', '小学美术教师数', '小学艺术教师数']);
    expect(joinedFields(catalogue, primary, ['图书册数'])).toEqual(['图书册数']);
  });
});
