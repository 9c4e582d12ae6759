import { describe, expect, it } from 'vitest';
import { codeOf, productFiles } from '#test/support/sources.ts';
import { verdictMarks } from '#web/features/balance/desk/state-marks.ts';
import { trackMarks } from '#web/features/balance-tracking/desk/state-marks.ts';
import { campaignMarks, seatMarks, stepMarks } from '#web/features/campaigns/desk/state-marks.ts';
import { evaluationMarks } from '#web/features/evaluations/desk/state-marks.ts';
import { filingMarks } from '#web/features/filings/desk/state-marks.ts';
import { editionMarks } from '#web/features/frameworks/desk/state-marks.ts';
import { inspectorMarks } from '#web/features/inspectors/desk/state-marks.ts';
import { jobLooks } from '#web/features/jobs/job.words.ts';
import { letterMarks } from '#web/features/official-documents/desk/state-marks.ts';
import { postSetMarks, requestMarks, roleChangeMarks } from '#web/features/people/desk/state-marks.ts';
import { findingMarks } from '#web/features/rectifications/desk/state-marks.ts';
import { itemMarks, meetingMarks, planMarks } from '#web/features/work-plans/desk/state-marks.ts';
import { deliveryLooks } from '#web/shared/delivery/delivery-marks.ts';
import { commonMarks, type StateLook } from '#web/shared/kit/words/StateMark.tsx';

const all: readonly Readonly<Record<string, StateLook>>[] = [
  commonMarks,
  filingMarks,
  findingMarks,
  verdictMarks,
  trackMarks,
  inspectorMarks,
  jobLooks,
  letterMarks,
  postSetMarks,
  requestMarks,
  roleChangeMarks,
  planMarks,
  itemMarks,
  meetingMarks,
  deliveryLooks,
  editionMarks,
  evaluationMarks,
  campaignMarks,
  stepMarks,
  seatMarks,
];

/** What each shape says on every page of the desk, and the words that stand beside it. */
const meanings: Readonly<Record<string, readonly [meaning: string, ...words: string[]]>> = {
  dotted: [
    'nothing was done yet',
    '未开始',
    '等待执行',
    '待召开',
    '待下发',
    '待制定措施',
    '等待发送',
    '待录入',
    '待布置',
    '待核',
    '待通知',
    '未填',
    '待评分',
    '未学习',
  ],
  quarter: [
    'somebody is at it',
    '填报中',
    '执行中',
    '草稿',
    '推进中',
    '整改中',
    '正在发送',
    '草拟中',
    '填写中',
    '待推荐',
    '自评中',
    '进行中',
  ],
  half: [
    'waits for the decision of another person',
    '待审核',
    '等待授予',
    '等待确认',
    '待核查',
    '待销号',
    '待复查',
    '待签发',
    '待印发',
    '待签收',
    '待主任提交',
    '待复核',
    '待列清单',
    '待确认',
    '待办结',
    '待复审',
    '待公示',
    '公示中',
    '县级复核',
    '材料审核',
    '实地督导',
    '形成意见',
    '出具意见书',
    '待结束',
  ],
  return: ['was decided against', '已退回', '已否决', '重新整改', '复查不合格'],
  disc: ['was decided for', '已批准', '已授予', '已确认', '已确认生效', '已印发', '复查合格', '在任'],
  target: ['is final', '已接收', '满 24 小时生效', '已召开', '已销号', '已签收', '已办结'],
  check: [
    'was looked at and holds',
    '有效',
    '达标',
    '已核过',
    '已完成',
    '已送出',
    '可用于评估',
    '符合',
    '已填',
    '已评分',
    '已学习',
    '已认定',
  ],
  cross: ['fails', '不符', '不达标', '失败', '未送出', '不符合', '须回避'],
  triangle: [
    'needs a look',
    '需处理',
    '有疑点',
    '逾期未报',
    '迟交',
    '等待重试',
    '已逾期',
    '逾期',
    '紧急隐患',
    '不确定',
    '整改逾期',
    '任期将满',
    '缺材料',
    '须报告',
    '待认定',
    '已过期',
  ],
  ring: ['the data are not whole', '数据不全', '看不到进度', '待补全'],
  speech: ['somebody asks', '批注待答复', '申请延期', '征求申辩', '有异议', '待合议'],
  lock: ['cannot be changed', '已锁定', '已结束'],
  bar: [
    'does not count',
    '不计入',
    '已撤销',
    '无法计算',
    '已失效',
    '已撤出',
    '已取消',
    '已撤回',
    '已作废',
    '已停用',
    '已离任',
    '不适用',
  ],
};

describe('one mark, one meaning', () => {
  it('a shape stands beside the words of its meaning, and beside no others', () => {
    const words: Record<string, Set<string>> = {};
    for (const { shape, word } of all.flatMap((marks) => Object.values(marks))) {
      words[shape] = (words[shape] ?? new Set()).add(word);
    }
    const found = Object.entries(words).map(([shape, said]) => [shape, [...said].sort()]);
    const meant = Object.entries(meanings).map(([shape, [, ...said]]) => [shape, said.sort()]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(meant));
  });

  it('every list of marks of a feature is among them', () => {
    const files = productFiles('src/web/', /\.tsx?$/).filter((file) => /shape: '\w+'/.test(codeOf(file)));
    expect(files.sort()).toEqual([
      'src/web/features/balance-tracking/desk/state-marks.ts',
      'src/web/features/balance/desk/state-marks.ts',
      'src/web/features/campaigns/desk/state-marks.ts',
      'src/web/features/evaluations/desk/state-marks.ts',
      'src/web/features/filings/desk/state-marks.ts',
      'src/web/features/frameworks/desk/state-marks.ts',
      'src/web/features/inspectors/desk/state-marks.ts',
      'src/web/features/jobs/job.words.ts',
      'src/web/features/official-documents/desk/state-marks.ts',
      'src/web/features/people/desk/state-marks.ts',
      'src/web/features/rectifications/desk/state-marks.ts',
      'src/web/features/work-plans/desk/state-marks.ts',
      'src/web/shared/delivery/delivery-marks.ts',
      'src/web/shared/kit/words/StateMark.tsx',
    ]);
  });

  it('◌ in a text is what was not filled in, and ○ a result on data that are not whole', () => {
    const filesWith = (glyph: string) =>
      productFiles('src/web/', /\.tsx?$/).filter((file) => codeOf(file).includes(glyph));
    expect(filesWith('◌')).toEqual([
      'src/web/features/filings/fill/FormProblemList.tsx',
      'src/web/features/filings/grid/CheckList.tsx',
    ]);
    expect(filesWith('○')).toEqual(['src/web/shared/chart/TileMap.tsx']);
  });
});
