/** A school of the small sample city whose people are printed: `clerk-CODE` and `head-CODE` sign in. */
export interface PrintedSchool {
  readonly code: string;
  readonly name: string;
  readonly clerk: string;
  readonly head: string;
}

const printed = (code: string, name: string): PrintedSchool => ({
  ...{ code, name },
  ...{ clerk: `clerk-${code}`, head: `head-${code}` },
});

/** Schools of 洛江区 by the state of this year's filing. */
export const returnedSchool = printed('2135990086', '洛江区云谷实验小学');
export const draftSchool = printed('2135990053', '洛江区内寨镇峰湖小学');
export const missingSchool = printed('2135990057', '洛江区蓬斗镇蓬岭小学');
export const specialSchool = printed('5135990108', '洛江区明桥特殊教育学校');
/** Nobody has touched its filing, and no test does. It lies in 泉港区. */
export const untouchedSchool = printed('3135990131', '泉港区晨荣学校');
/** Not among those that the responsible inspector of 洛江区 is given. */
export const unassignedSchool = { name: '洛江区竹口镇上都小学', part: '上都' };
