import type { Generator } from '#domain/kit/generator.ts';
import { drawDay, drawPerson, drawSchool, drawSentence } from './words.ts';

/** A document as its paragraphs and the rows of its table; what a writer makes a file of. */
export interface Written {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const labels = [
  '在校学生数',
  '教学班数',
  '专任教师数',
  '本科以上学历教师数',
  '生均教学用房面积',
  '图书册数',
  '计算机台数',
  '体育场地面积',
  '公用经费支出',
  '教师培训经费',
  '音体美专任教师数',
  '实验开出率',
];

/** The filled-in part of a form: the same lines for every school, each with figures of its own. */
function drawRows(draw: Generator, lines: number): string[][] {
  const figure = () =>
    draw.chance(0.5) ? `${draw.integer(11, 9_800)}` : `${draw.integer(3, 99)}.${draw.integer(10, 99)}`;
  return [
    ['指标', '上年', '本年', '说明'],
    ...labels.slice(0, lines).map((label) => [label, figure(), figure(), draw.chance(0.3) ? drawPerson(draw) : '无']),
  ];
}

const own = (draw: Generator, count: number) => Array.from({ length: count }, () => drawSentence(draw));

type Template = (draw: Generator) => Written;

/** Reports, records and tables that many schools write after one model each. */
export const templates: Readonly<Record<'report' | 'record' | 'table', Template>> = {
  report: (draw) => {
    const [school, year] = [drawSchool(draw), draw.integer(2018, 2024)];
    return {
      title: `${school}${year} 学年自评报告`,
      paragraphs: [
        `根据督导评估的要求，学校成立了由校长任组长的自评工作小组，对照指标体系逐条开展自查，现将有关情况报告如下。`,
        `一、基本情况。学校创办于 ${draw.integer(1921, 2010)} 年，占地 ${draw.integer(8_000, 60_000)} 平方米，现有教学班 ${draw.integer(12, 60)} 个，学生 ${draw.integer(400, 2_900)} 人，教职工 ${draw.integer(40, 190)} 人。`,
        `二、主要做法。学校坚持立德树人，把规范办学放在首位，严格执行课程计划，开齐开足各门课程，认真落实作业、睡眠、手机、读物和体质五项管理的规定。`,
        `学校每学期召开两次专题会议研究教育教学工作，建立校长负责、处室落实、年级执行、班主任到人的管理网络，各项制度汇编成册，做到有章可循、有据可查、责任到人。`,
        ...own(draw, 3),
        `三、存在问题。对照标准，学校在教师结构、功能教室配备和特色课程建设等方面还有差距，需要在今后的工作中加以改进。`,
        `今后学校将以此次评估为契机，进一步健全工作机制，加大投入力度，提升队伍素质，努力办好人民满意的教育。`,
        ...own(draw, 2),
        `四、自评结果。经自评小组逐项打分，自评得分 ${draw.integer(80, 99)}.${draw.integer(0, 9)} 分，其中办学方向 ${draw.integer(10, 20)} 分，课程教学 ${draw.integer(10, 25)} 分，教师发展 ${draw.integer(8, 20)} 分，学校管理 ${draw.integer(8, 20)} 分。`,
        `${school}，${drawDay(draw)}。`,
      ],
      rows: [],
    };
  },
  record: (draw) => ({
    title: '挂牌督导记录',
    paragraphs: [
      `受访学校：${drawSchool(draw)}。督导时间：${drawDay(draw)}。责任督学：${drawPerson(draw)}、${drawPerson(draw)}。`,
      `督导方式：听取汇报、查阅资料、随机访谈、实地察看。随机听课 ${draw.integer(2, 9)} 节，访谈教师 ${draw.integer(3, 20)} 人，学生 ${draw.integer(5, 60)} 人。`,
      `督导内容：校务管理和制度执行情况，招生、收费、择校情况，课程开设和课堂教学情况，学生学习、体育锻炼和课业负担情况，教师师德和专业发展情况，校园及周边安全情况。`,
      ...own(draw, 6),
      `督导意见：请学校在 ${draw.integer(5, 30)} 个工作日以内反馈整改情况，整改材料一式两份，一份留存学校，一份报送督导室。`,
      ...own(draw, 2),
      `记录编号 ${draw.integer(100_000, 999_999)}，附照片 ${draw.integer(1, 12)} 张。`,
    ],
    rows: drawRows(draw, 5),
  }),
  table: (draw) => ({
    title: '办学条件基本情况登记表',
    paragraphs: [`填报单位：${drawSchool(draw)}`, `填报日期：${drawDay(draw)}`, `填报人：${drawPerson(draw)}`],
    rows: drawRows(draw, labels.length),
  }),
};

export type TemplateName = keyof typeof templates;
