import type { Generator } from '#domain/kit/generator.ts';

/** Made-up names: no such school, town or person is meant. */
const places =
  '青禾 云溪 松岭 望湖 白鹭 石桥 东篱 南屏 金穗 梅园 柳堤 竹林 桃源 龙眼 荔城 海角 月湾 星河 晨光 晓峰'.split(' ');
const kinds = '实验小学 第一小学 第二中学 中心小学 幼儿园 附属小学 职业学校 第三中学'.split(' ');
const surnames = '林 陈 黄 郑 吴 许 蔡 庄 苏 洪'.split(' ');

export const drawSchool = (draw: Generator) => `${draw.pick(places)}${draw.pick(kinds)}`;
export const drawPerson = (draw: Generator) => `${draw.pick(surnames)}老师`;
export const drawDay = (draw: Generator) =>
  `${draw.integer(2019, 2025)} 年 ${draw.integer(1, 12)} 月 ${draw.integer(1, 28)} 日`;

const who = [
  '教务处',
  '学校工会',
  '德育办公室',
  '总务处',
  '语文教研组',
  '数学教研组',
  '校园安全小组',
  '家长委员会',
  '图书馆',
  '体育教研组',
  '心理辅导室',
  '食堂管理小组',
];
const when = ['开学初', '期中前', '上学期末', '每月第一周', '寒假期间', '春季运动会前', '六月中旬', '国庆节后'];
const did = [
  '逐项核对了',
  '重新整理了',
  '组织教师讨论了',
  '请县里的同行查看了',
  '按新的要求改写了',
  '补充采购了',
  '公开征求了对',
  '抽样检查了',
  '分年级登记了',
  '邀请家长一起看了',
  '对照标准清点了',
  '统一更换了',
];
const what = [
  '各班的阅读书目',
  '实验室的药品柜',
  '走廊的应急照明',
  '食堂的留样记录',
  '操场东侧的排水沟',
  '课后服务的课程表',
  '教师进修的学时',
  '宿舍的值班名单',
  '校车的行驶路线',
  '学生体检的结果',
  '校本课程的教案',
  '劳动实践园的分工',
  '随班就读的个别计划',
  '音乐教室的乐器',
  '消防通道的指示牌',
  '作业公示的做法',
];
const so = [
  '发现的问题当场记下并定了负责人',
  '意见集中在时间太紧这一点上',
  '下一步准备把做法推到其他年级',
  '多数教师认为比去年方便',
  '结果已经贴在教学楼一层的公告栏',
  '还有两处要等到暑假才能动工',
  '家长反映孩子回家愿意讲学校的事',
  '相关经费从公用经费中列支',
  '为此调整了三次例会的内容',
  '记录由专人保管，随时可以查看',
  '与镇上的卫生院约定了复查的日子',
  '暂时没有发现需要停用的设施',
];

/** A sentence that hardly any other document has. */
export function drawSentence(draw: Generator): string {
  return `${draw.pick(when)}，${draw.pick(who)}${draw.pick(did)}${draw.pick(what)}，${draw.pick(so)}。`;
}

/** Words that a person who types a text anew puts for each other. */
export const synonyms: readonly (readonly [string, string])[] = [
  ['检查', '查验'],
  ['学校', '本校'],
  ['教师', '老师'],
  ['问题', '不足'],
  ['要求', '规定'],
  ['家长', '学生家长'],
  ['记录', '台账'],
  ['组织', '安排'],
  ['结果', '情况'],
  ['课程', '课目'],
  ['经费', '资金'],
  ['按照', '依照'],
  ['完成', '做完'],
  ['设施', '设备'],
  ['年级', '学段'],
];
