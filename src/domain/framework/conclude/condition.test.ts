import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../formula/vocabulary.ts';
import { isProblem } from '../../kit/problem.ts';
import { checkCondition } from './condition.ts';
import { conditionWords } from './condition-words.ts';

const number = (name: string) => ({ name, type: 'number' as const, own: true as const });
const facts = vocabulary([
  number('事实:拖欠教师工资月数'),
  number('事实:较大校园安全责任事故数'),
  number('事实:重大教育违规案件数'),
  number('事实:体质健康优良学生数'),
  number('事实:体质健康测试学生数'),
  number('均衡:基本均衡.小学.综合差异系数'),
  number('均衡:基本均衡.初中.综合差异系数'),
  { name: '事实:倾斜', type: 'text', own: true },
  { name: '所属市', type: 'text', own: true },
  number('在校生数'),
]);
const codes = new Set(['A1', 'A2', 'A6', 'A7', 'C1', 'C3', 'C4', 'C5', 'C20', 'C21', '1.1.3', 'S5.9']);
const read = (text: string) => checkCondition(text, { codes, facts, scope: 'school' });
const words = (text: string) => conditionWords(read(text).node);

describe('a condition', () => {
  it.each([
    ['total>=90', '总分达到 90'],
    ['base>=80', '不含加分的基本分达到 80'],
    ['75<=base<85', '75 不高于 不含加分的基本分低于 85'],
    ['rate(C5)<0.60', 'C5 得分率低于 0.6'],
    ['minRate(level1)<0.70', '一级指标最低得分率低于 0.7'],
    ['leaf(C20)<full or leaf(C21)<full', 'C20 未得满分 或 C21 未得满分'],
    ['leaf(C3)=0', 'C3 得分为 0'],
    ['leaf(1.1.3)<full', '1.1.3 未得满分'],
    ['failedMust<=2', '未达到的必达项不高于 2'],
    ['mustRate>=0.8', '必达项最低得分率达到 0.8'],
    ['mustNo>=1', '判否的必达项达到 1'],
    ['yes=39', '判为“是”的条目数为 39'],
    ['part>=1', '判为“部分”的条目数达到 1'],
    ['no>=1', '判为“否”的条目数达到 1'],
    ['count("合格")>=33', '“合格”的项数达到 33'],
    ['count("C", A1)>=1', 'A1 中“C”的项数达到 1'],
    ['layer(self)-layer(city)>=10', '自评得分 － 市级得分达到 10'],
    ['layer(province).grade=合格', '省级结论为“合格”'],
    ['survey(群众教育满意度.share)<85', '群众教育满意度满意比例低于 85'],
    ['survey(教师评校长.mean)<70', '教师评校长均分低于 70'],
    ['evaluation(county-inspection-sample).grade<>优秀', '评估 county-inspection-sample 的结论不为“优秀”'],
    ['evaluation(county-inspection-sample).rate>=0.9', '评估 county-inspection-sample 的得分率达到 0.9'],
    ['any veto', '有否决'],
    ['no cap', '没有限优'],
    ['any downgrade', '有降档'],
    ['any leaf=否', '有条目判为“否”'],
    ['any leaf=部分', '有条目判为“部分”'],
    ['any must=否', '有必达项判为“否”'],
    ['anyNo(A6,A7)', 'A6、A7 中有条目判为“否”'],
    ['option("C1")="不参评"', 'C1 的选项为“不参评”'],
    ['grade(A1)=合格', 'A1 的等次为“合格”'],
    ['verdict(A1)', 'A1 达到要求'],
    ['inQuota', '在名额以内'],
    ['first', '首次申报'],
    ['again', '重新申报或复评'],
    ['not precondition', '前提不成立'],
    ['class="一类" 且 total>=80', '类别为“一类” 且 总分达到 80'],
    ['tenureMonths<6', '任职月数低于 6'],
    ['servedMonths<6', '履职月数低于 6'],
    ['repeatedNo>=1', '连续判否次数达到 1'],
    ['targetsMissing>=1', '未填目标值的指标达到 1'],
    ['urgent', '有危急情形'],
    ['beyondSchool', '超出学校职责'],
    ['consecutive(不合格)>=2', '连续“不合格”的年数达到 2'],
    ['事实:拖欠教师工资月数 > 0', '事实:拖欠教师工资月数 > 0'],
    ['事实:倾斜 = "否"', '事实:倾斜 = "否"'],
    [
      'trend(事实:体质健康优良学生数 / 事实:体质健康测试学生数)=down3',
      '事实:体质健康优良学生数 / 事实:体质健康测试学生数 连续 3 年下降',
    ],
    [
      '事实:较大校园安全责任事故数 > 0 或 事实:重大教育违规案件数 > 0',
      '事实:较大校园安全责任事故数 > 0 或 事实:重大教育违规案件数 > 0',
    ],
    [
      '均衡:基本均衡.小学.综合差异系数 > 0.65 或 均衡:基本均衡.初中.综合差异系数 > 0.55',
      '均衡:基本均衡.小学.综合差异系数 > 0.65 或 均衡:基本均衡.初中.综合差异系数 > 0.55',
    ],
    ['anyMember(均衡:基本均衡.小学.综合差异系数 > 0.65)', '任一下属单位：均衡:基本均衡.小学.综合差异系数 > 0.65'],
    ['anyPeer(total<80 或 any veto, 所属市)', '同轮同一所属市任一对象：总分低于 80 或 有否决'],
    ['leaf(C1)<full 且 (事实:拖欠教师工资月数 + 1) * 2 > 3', 'C1 未得满分 且 (事实:拖欠教师工资月数 + 1) * 2 > 3'],
    ['(first 或 again) 且 非 any veto', '（首次申报 或 重新申报或复评） 且 没有否决'],
    ['total－layer（self）≥10', '总分 － 自评得分达到 10'],
    ['leaf(C3) + leaf(C4) >= 事实:拖欠教师工资月数', 'C3 得分 ＋ C4 得分达到 事实:拖欠教师工资月数'],
    ['合计(在校生数) >= 100 且 total>=60', '合计(在校生数) >= 100 且 总分达到 60'],
  ])('reads %s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it.each([
    ['', 1, '条件是空的'],
    ['total>=', 8, '条件没有写完'],
    ['total', 1, '这里缺少比较'],
    ['rate(C99)<0.6', 6, '没有代码为“C99”的指标'],
    ['repeat', 1, '复评、重新申报写作 again'],
    ['minRate(A1)<0.6', 9, '写作 minRate(level1)，数字是指标的级'],
    ['survey(满意度)<85', 8, '写作 survey(名称.share) 或 survey(名称.mean)：满意比例与均分不能混用'],
    ['trend(事实:拖欠教师工资月数)=falling', 20, '走势写作 down3（连续三年下降）或 up3（连续三年上升）'],
    ['any grade', 5, '这里应是 veto（否决）、cap（限优）、downgrade（降档）、leaf=… 或 must=…'],
    ['class>"一类"', 6, '文字只能比较 = 或 <>'],
    ['total>=90 total>=80', 11, '前面缺少“且”“或”或比较'],
    ['(total>=90', 1, '缺少右括号'],
    ['total<full', 7, 'full（满分）只与 leaf(代码) 比较'],
    ['no cap 且 事实:拖欠工资 > 0', 10, '没有名为“事实:拖欠工资”的数据项'],
  ])('refuses %s at %i', (text, position, reason) => {
    try {
      read(text);
    } catch (error) {
      if (!isProblem(error)) throw error;
      expect(error.code).toBe('framework.conditionInvalid');
      expect(error.details).toMatchObject({ position, reason: expect.stringContaining(reason) });
      return;
    }
    expect.unreachable();
  });
});
