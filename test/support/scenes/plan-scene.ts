import * as plans from '#contract/work-plans/plans.ts';
import type { TestApp } from '../app.ts';

/** A plan of a city with two headings and four items, of which one is about named counties and one about all. */
export const planText = `2025年泉州市督导工作要点
一、对县督导
1.对鲤城、丰泽开展市级核查；做好迎检准备。
二、均衡
2.推动各县（市、区）开展年度自评，年底前完成。
3.鼓励丰泽等一些县（市、区）创建。
`;

/** That plan, issued by the city. */
export async function issuedPlan(app: TestApp) {
  const city = app.as('cityOfficer');
  const { id } = await city.call(plans.create, { body: { kind: 'city', year: 2025, text: planText } });
  const params = { planId: id };
  await city.call(plans.issue, { params, body: { revision: 1 } });
  const read = () => city.call(plans.read, { params });
  return { id, params, city, read };
}
