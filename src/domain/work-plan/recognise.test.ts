import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysIn } from './days.ts';
import { keptIds } from './kept-ids.ts';
import { countyNames, type KnownUnit, officesIn } from './named-units.ts';
import { leftOutTitles, piecesOf } from './pieces.ts';
import { recognisePlan, understand } from './recognise.ts';
import { taskParts } from './tasks.ts';

const county = (id: number, ...names: string[]): KnownUnit => ({
  id,
  kind: 'county',
  names: countyNames(names, '示州'),
});
const known: readonly KnownUnit[] = [
  county(11, '甲城区', '甲城'),
  county(12, '乙泽区', '乙泽'),
  county(13, '丙江市', '丙江'),
  county(14, '示州经济技术开发区', '开发区'),
  county(15, '示州台商投资区', '台商区'),
  county(16, '丁化县', '丁化'),
  { id: 31, kind: 'other', names: ['初等教育科', '初教科'] },
  { id: 32, kind: 'other', names: ['财政局'] },
];

/** A text of its own with the shape of a plan of 2017: letterhead, salutation, signature, headings, points that run on. */
const plan = `示州市人民政府教育督导室

示政教督〔2017〕9号

示州市人民政府教育督导室关于印发2017年示州市督导工作计划的通知

各县（市、区）教育局、督导室，示州开发区社会局：

现将计划印发给你们，请结合本地
实际执行。

示州市人民政府教育督导室

2017年5月8日

(主动公开)

2017 年示州市教育督导工作计划

2017 年的工作按照上级部署，围绕公平
与质量展开。

一、做好对县督导

1. 学习新的评估标准，6月底前完成县级自评。拟对甲城区、乙泽区、丙江市开展市级核查；力争全部通过省级检查。做好迎接省级检查的准备。

二、跟踪均衡发展

2. 按照省里公布的差异系数，推动各县（市、区）开展年度自评和问题整改，
不断提高均衡水平。

三、指导创建

3.指导丙江、甲城整改提升，鼓励乙泽、丁化等一些县（市、区）积极创建。

四、开展专项督导
4．由初等教育科牵头，会同财政局开展专项督导；第三季度对开发区、台商投资区开展调研。配合有关科室做好准备工作。

五、加强督校

5、继续开展先进校评估。与教科所协作，联合开展综合督导。

６．完善责任督学制度，对市直学校责任督学进行年度考核，一年一次。组

组织优秀案例评选（含推荐材料的准备；报送），择优上报。

六、质量监测

7.按照部署组织所有县（市、区）参加监测。
（1）9月10日前完成样本核对。
（2）10月至11月完成现场测试。

七、推进改革

8.探索委托第三方开展评价试点。

9.支持丙江市改革实验和丁化县“管办评；分离”试行。

10.做好平台使用培训，年底前完成
2017年数据的上报。

八、加强队伍

11.举办督学培训班。

12.重视宣传，上半年编发简报。

示州市人民政府教育督导室办公室
2017年5月8日
`;

describe('a pasted plan', () => {
  const read = recognisePlan(plan, 2020, known);
  const items = read.items.map(({ number, text }) => [number, text] as const);
  const ofPoint = (number: string) => read.items.filter((item) => item.number === number);

  it('gives title, number of the document and year', () => {
    expect(read).toMatchObject({
      title: '2017年示州市教育督导工作计划',
      documentNumber: '示政教督〔2017〕9号',
      year: 2017,
    });
  });

  it('gives its headings, and twelve points whose numbers run on across them', () => {
    expect([...new Set(read.items.map(({ heading }) => heading))]).toEqual([
      ...['做好对县督导', '跟踪均衡发展', '指导创建', '开展专项督导', '加强督校', '质量监测', '推进改革', '加强队伍'],
    ]);
    expect([...new Set(items.map(([number]) => number))]).toEqual([
      ...['1', '2', '3', '4', '5', '6', '7', '7（1）', '7（2）', '8', '9', '10', '11', '12'],
    ]);
  });

  it('divides a point into its tasks, leaves an aim with its task, and joins broken lines', () => {
    expect(ofPoint('1').map(({ text }) => text)).toEqual([
      '学习新的评估标准，6月底前完成县级自评。',
      '拟对甲城区、乙泽区、丙江市开展市级核查；力争全部通过省级检查。',
      '做好迎接省级检查的准备。',
    ]);
    expect(ofPoint('2').map(({ text }) => text)).toEqual([
      '按照省里公布的差异系数，推动各县（市、区）开展年度自评和问题整改，不断提高均衡水平。',
    ]);
    expect(ofPoint('9')).toHaveLength(1);
    expect(ofPoint('6').at(-1)?.text).toBe('组组织优秀案例评选（含推荐材料的准备；报送），择优上报。');
  });

  it('a number that stands at the beginning of a line by a line break begins no point', () => {
    expect(ofPoint('10').map(({ text }) => text)).toEqual(['做好平台使用培训，年底前完成2017年数据的上报。']);
    expect(recognisePlan('1.按要求完成全部\n3、5两项工作。\n2.总结。', 2020, known).items).toHaveLength(2);
  });

  it('finds the counties that are named, the open list, all counties and the schools of the city', () => {
    const of = (number: string) =>
      ofPoint(number).map(({ countyReach, units, cityManaged }) => [
        countyReach,
        units.flatMap(({ part, unitId }) => (part === 'named' ? [unitId] : [])),
        cityManaged,
      ]);
    expect(of('1')[1]).toEqual(['named', [11, 12, 13], false]);
    expect(of('2')).toEqual([['all', [], false]]);
    expect(of('3')).toEqual([['open', [13, 11, 12, 16], false]]);
    expect(of('4')[1]).toEqual(['named', [14, 15], false]);
    expect(of('6')[0]).toEqual(['none', [], true]);
    expect(of('7')[0]?.[0]).toBe('all');
  });

  it('finds who leads and who helps, also offices that no register knows', () => {
    const [first, , last] = ofPoint('4');
    expect(first?.units).toEqual([
      { part: 'responsible', written: '初等教育科', unitId: 31 },
      { part: 'partner', written: '财政局', unitId: 32 },
    ]);
    expect(last?.units).toEqual([{ part: 'partner', written: '有关科室', unitId: null }]);
    expect(ofPoint('5').at(-1)?.units).toEqual([{ part: 'partner', written: '教科所', unitId: null }]);
  });

  it('finds the days by their words', () => {
    const of = (number: string, at = 0) => {
      const { fromDay, toDay } = ofPoint(number)[at]!;
      return [fromDay, toDay];
    };
    expect(of('1')).toEqual([null, '2017-06-30']);
    expect(of('4', 1)).toEqual(['2017-07-01', '2017-09-30']);
    expect(of('6')).toEqual(['2017-01-01', '2017-12-31']);
    expect(of('7（1）')).toEqual([null, '2017-09-10']);
    expect(of('7（2）')).toEqual(['2017-10-01', '2017-11-30']);
    expect(of('10')).toEqual([null, '2017-12-31']);
    expect(of('12')).toEqual(['2017-01-01', '2017-06-30']);
  });

  it('leaves out with a word what is no item', () => {
    const words = read.pieces.flatMap(({ leftOut }) => (leftOut ? [leftOutTitles[leftOut]] : []));
    expect(words).toEqual([
      ...['发文机关', '文号', '标题', '主送机关', '导语', '署名', '成文日期', '公开属性', '标题', '导语'],
      ...['署名', '成文日期'],
    ]);
  });
});

describe('words for days', () => {
  it.each([
    ['2018年3月底前完成', null, '2018-03-31'],
    ['2月底前', null, '2017-02-28'],
    ['6月前', null, '2017-05-31'],
    ['3至5月开展', '2017-03-01', '2017-05-31'],
    ['９月份开展', '2017-09-01', '2017-09-30'],
    ['一季度准备，年底前完成', '2017-01-01', '2017-12-31'],
    ['13月底前', null, null],
    ['落实《2016年6月底前方案》', null, null],
    ['没有日期', null, null],
  ])('%s', (text, fromDay, toDay) => {
    expect(daysIn(text, 2017)).toEqual({ fromDay, toDay });
  });
});

it('a name that only looks like an office is none', () => {
  expect(officesIn('积极配合改革推进。', known)).toEqual([]);
  expect(
    officesIn('责任科室：初教科、人事科；配合单位：财政局', known).map(({ written, part }) => [part, written]),
  ).toEqual([
    ['responsible', '初教科'],
    ['responsible', '人事科'],
    ['partner', '财政局'],
  ]);
  expect(understand('各县域自评', 2017, known).countyReach).toBe('none');
});

const parts = [
  '一、',
  '1.',
  '２．',
  '（1）',
  '3、',
  '。',
  '；',
  '\n',
  '\r\n',
  '　',
  ' ',
  '“',
  '”',
  '（',
  '）',
  '甲城',
  '等一些县',
  '2017年5月8日',
  '各县：',
  '做好工作',
  '号',
];
const pasted = fc
  .array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 6 })), { maxLength: 40 })
  .map((all) => all.join(''));

it('loses no character of whatever is pasted', () => {
  fc.assert(
    fc.property(pasted, (text) => {
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
      expect(taskParts(text).join('')).toBe(text);
      expect(recognisePlan(text, 2017, known).items.every((item) => item.text !== '')).toBe(true);
    }),
  );
});

it('a plan that is read again keeps the ids of its items, each once', () => {
  const mark = (number: string, text: string) => ({ heading: 'H', number, text });
  const present = [
    { ...mark('1', '甲'), id: 'a' },
    { ...mark('1', '乙'), id: 'b' },
    { ...mark('2', '丙'), id: 'c' },
  ];
  expect(keptIds([mark('1', '乙'), mark('1', '新'), mark('2', '丙改')], present)).toEqual(['b', null, 'c']);
  expect(keptIds(present, present)).toEqual(['a', 'b', 'c']);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('1', '2'), fc.constantFrom('甲', '乙', '丙'))), (drawn) => {
      const ids = keptIds(
        drawn.map(([number, text]) => mark(number, text)),
        present,
      ).filter((id) => id !== null);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
