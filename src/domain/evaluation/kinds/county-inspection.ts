import type { Basis, KindDefinition, KindStep } from '../kind-definition.ts';

const regulation = '《教育督导条例》（国务院令第 624 号）';
const law = (article: string): Basis => ({ document: regulation, article });

const steps: readonly KindStep[] = [
  {
    ...{ step: 'notice', title: '下发通知', by: 'city', judges: null, letter: 'notice', days: 7, opensNext: 'moveOn' },
    basis: [law('第十六条'), law('第十七条')],
  },
  {
    ...{ step: 'selfEvaluation', title: '县级自评', by: 'subject', judges: null, letter: null, days: 40 },
    ...{ opensNext: 'receive', basis: [law('第十八条')] },
  },
  {
    ...{ step: 'materialReview', title: '材料审核', by: 'city', judges: 'city', letter: null, days: 20 },
    ...{ opensNext: 'moveOn', basis: [law('第十八条')] },
  },
  {
    ...{ step: 'siteVisit', title: '实地督导', by: 'city', judges: 'city', letter: null, days: 5 },
    ...{ slotDays: 5, opensNext: 'moveOn', basis: [law('第十六条'), law('第十八条'), law('第十九条')] },
  },
  {
    ...{ step: 'preliminaryOpinion', title: '形成初步意见', by: 'city', judges: 'city', letter: null, days: 10 },
    ...{ opensNext: 'release', basis: [law('第二十条')] },
  },
  {
    ...{ step: 'statement', title: '征求申辩', by: 'subject', judges: null, letter: null, days: 10 },
    ...{ opensNext: 'issueOpinion', basis: [law('第二十条')] },
  },
  {
    ...{ step: 'opinionLetter', title: '出具督导意见书', by: 'city', judges: null, letter: 'opinion', days: 30 },
    ...{ opensNext: 'submitResult', basis: [law('第二十一条')] },
  },
  {
    ...{ step: 'confirmation', title: '确认结果', by: 'city', judges: null, letter: 'bulletin', days: 15 },
    ...{ opensNext: 'confirmResult', basis: [law('第二十三条')] },
  },
  {
    ...{ step: 'rectification', title: '整改', by: 'subject', judges: null, letter: null, days: 90 },
    ...{ opensNext: 'finish', basis: [law('第二十二条')] },
  },
];

/**
 * 对县级人民政府教育工作督导评估 (对县督导): the city inspects the government of a county. Steps by 《教育督导条例》 (国务院令第 624 号), 第十六条
 * to 第二十三条; a lower government is inspected at least once in five years (第十四条). All days are proposals of this product;
 * the five working days that a panel stays in each county are those of 莆田市 2009 年县级政府教育工作督导评估.
 */
export const countyInspection: KindDefinition = {
  key: 'county-inspection',
  title: '对县级人民政府教育工作督导评估',
  short: '对县督导',
  subject: 'county',
  framework: 'county-inspection-sample',
  layers: ['self', 'county', 'city', 'province'],
  steps,
  panel: { neededFrom: 'siteVisit', reviewersPerLeaf: 2, blind: true, tolerance: '0.2', combine: 'mean' },
  documents: [
    { document: regulation, article: null },
    { document: '《福建省教育督导条例》（2017 年 6 月 1 日起施行）', article: null },
    { document: '《督学管理暂行办法》（教督〔2016〕2 号）', article: null },
  ],
};
