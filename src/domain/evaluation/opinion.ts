import type { DutyType } from '../flow/finding.ts';
import { waitsForOthers, waitsForRuling } from '../framework/conclude/condition-reading.ts';
import { undecided } from '../framework/conclude/decision-table.ts';
import { editionMark } from '../framework/edition/edition-mark.ts';
import type { Code } from '../framework/edition.ts';
import type { Concluded, Prepared, Scored } from '../framework/result.ts';
import { type Exact, sum } from '../kit/decimal.ts';
import { firstNamed } from '../kit/first-named.ts';
import { meaningfulText } from '../kit/meaningful-text.ts';
import { type Day, dayInLetter } from '../kit/school-year.ts';
import { figureBounds, type LetterFigure } from '../letter/figure.shape.ts';
import { figureToken } from '../letter/figure.ts';
import type { Letter } from '../letter/letter.shape.ts';
import { kindOf } from './kind.ts';
import type { EvaluationAction, EvaluationKind, OpinionCommentKind } from './lists.ts';
import { addressed, type JointWork, jointlySaid, letterPoints, ourOffice, readsSame } from './result/letter-words.ts';

/** The four kinds of comment by the headings under which they stand in an opinion. */
export const opinionCommentTitles: Readonly<Record<OpinionCommentKind, string>> = {
  highlight: '工作亮点',
  strength: '主要成绩',
  weakness: '存在的问题',
  advice: '意见和建议',
};

/** A comment on the whole, or on one branch or leaf. */
export interface OpinionComment {
  readonly kind: OpinionCommentKind;
  readonly code: Code | null;
  readonly text: string;
}

/** What is to be put right: it goes into the ledger when the result is confirmed. */
export interface OpinionFinding {
  readonly title: string;
  readonly code: Code | null;
  /** Who puts it right; null where nobody was named yet. */
  readonly duty: { readonly type: DutyType; readonly id: number; readonly name: string } | null;
  readonly dueOn: Day | null;
}

/** What of an opinion was released to the subject: its comments, and its findings as they stood then. */
export interface ReleasedOpinion {
  readonly comments: readonly OpinionComment[];
  /** Whoever confirms the result raises the same into the ledger, each under its id. */
  readonly findings: readonly ReleasedFinding[];
}

/** A finding as the subject reads it: with its words, who puts it right at its place, and until which day. */
export interface ReleasedFinding {
  readonly id: string;
  readonly code: Code | null;
  /** A kind of the ledger. */
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly dutyType: DutyType | null;
  readonly dutyId: number | null;
  readonly dueOn: Day | null;
}

/** An opinion as it is drafted, with what the scores of the city give. */
export interface OpinionDraft {
  readonly comments: readonly OpinionComment[];
  readonly findings: readonly OpinionFinding[];
  readonly scored: Pick<Scored, 'total' | 'provisional'>;
  readonly conclusions: Concluded['conclusions'];
}

/** The acts before which an opinion is asked what it lacks. */
export type OpinionAct = Extract<EvaluationAction, 'release' | 'issueOpinion' | 'submitResult' | 'confirmResult'>;

/** One thing that an opinion lacks, with a name for machines and a sentence without a full stop. */
export interface OpinionLack {
  readonly code: string;
  readonly sentence: string;
}

/** Whether a lack is mended by writing in the opinion: a total and a conclusion that are open are not. */
export const isToWrite = ({ code }: Pick<OpinionLack, 'code'>): boolean =>
  code !== 'total' && !code.startsWith('conclusion:');

const firstOf = (names: readonly string[]): string => firstNamed(names, 5);

/**
 * What an opinion lacks before an act, each as a sentence; empty where nothing does. Feedback wants a total that is not
 * open, conclusions that are decided and a comment; the letter and the result want strengths, weaknesses and advice too, and a
 * duty body and a day for each finding (《教育督导条例》, 国务院令第 624 号, 第二十一条: objective, with a time limit for putting right).
 */
export function opinionLacks(draft: OpinionDraft, act: OpinionAct, today: Day): OpinionLack[] {
  const { comments, findings, scored, conclusions } = draft;
  const written = comments.filter(({ text }) => meaningfulText.test(text));
  const lacks: OpinionLack[] = [];
  const add = (code: string, sentence: string) => lacks.push({ code, sentence });
  if (scored.provisional !== null) {
    const { unanswered } = scored.provisional;
    const which = unanswered.length === 0 ? '' : `：指标 ${firstOf(unanswered)}`;
    add('total', `${scored.total === null ? '评定还没有做完' : '评定得分还没有定'}${which}`);
  }
  // While leaves are open nobody knows what the rest hangs on.
  const way =
    scored.provisional === null && !conclusions.some(({ open }) => waitsForOthers(open))
      ? '，请在“要填的事实”中填写或认定'
      : '';
  for (const { name, table, open, by } of conclusions) {
    const tie = '，请在评估项目的“结果”中就并列作出认定';
    const others = '，请等这些对象评完，或在评估项目的“对象”中督促它们往下进行';
    const end = waitsForRuling(open) ? tie : waitsForOthers(open) ? others : way;
    // A preliminary opinion goes out while the others are judged; its conclusion follows.
    if (name === undecided && !(act === 'release' && waitsForOthers(open)))
      add(`conclusion:${table}`, `“${table}”未定：${open.length > 0 ? `还缺 ${firstOf(open)}${end}` : by}`);
  }
  if (act === 'release') {
    if (written.length === 0) add('comments', '没有写任何意见，请至少写一条成绩或问题');
    return lacks;
  }
  for (const kind of ['strength', 'weakness', 'advice'] as const) {
    if (!written.some((one) => one.kind === kind)) add(kind, `没有写“${opinionCommentTitles[kind]}”`);
  }
  for (const [at, { title, duty, dueOn }] of findings.entries()) {
    const which = `第 ${at + 1} 个问题“${title}”`;
    if (duty === null) add(`finding:${at + 1}`, `${which}没有责任单位`);
    if (dueOn === null) add(`finding:${at + 1}`, `${which}没有整改期限`);
    // After the letter is issued its days stand; an office that confirms late does not change them.
    else if (act === 'issueOpinion' && dueOn <= today) add(`finding:${at + 1}`, `${which}的整改期限不晚于今天`);
  }
  return lacks;
}

/**
 * What the opinion letter will want and an act before it does not: told beforehand, because what is written after the
 * preliminary opinion went out the subject reads for the first time in the letter.
 */
export function lacksAhead(draft: OpinionDraft, act: OpinionAct, today: Day): OpinionLack[] {
  if (act !== 'release') return [];
  const now = new Set(opinionLacks(draft, act, today).map(({ sentence }) => sentence));
  return opinionLacks(draft, 'issueOpinion', today).filter(({ sentence }) => !now.has(sentence));
}

/** The conclusion as a list shows it: the name alone, or of several tables each with its own. Null while one is open. */
export function conclusionText(conclusions: Concluded['conclusions']): string | null {
  if (conclusions.length === 0 || conclusions.some(({ name }) => name === undecided)) return null;
  if (conclusions.length === 1) return conclusions[0]!.name;
  return conclusions.map(({ table, name }) => `${table}：${name}`).join('；');
}

/** What the opinion letter of one evaluation is written from. */
export interface OpinionLetterScene {
  readonly evaluationId: string;
  readonly kind: EvaluationKind;
  readonly subjectName: string;
  readonly assessmentYear: number;
  /** Null where one unit holds the inspection alone. */
  readonly jointly?: JointWork | null;
  /** The days of the visit, both included; null where none are kept. */
  readonly visited: { readonly from: Day; readonly to: Day } | null;
  readonly prepared: Prepared;
  readonly selfTotal: Exact | null;
  readonly scored: Pick<Scored, 'total' | 'max' | 'nodes' | 'leaves'>;
  readonly conclusions: Concluded['conclusions'];
  readonly comments: readonly OpinionComment[];
  readonly findings: readonly OpinionFinding[];
  readonly statements: { readonly made: number; readonly accepted: number; readonly waived: boolean };
  /** The day of the snapshot of facts, and the moment at which the figures were read, as an ISO text. */
  readonly factsOn: Day;
  readonly readAt: string;
}

/** A letter as it is wanted of whoever keeps letters. */
export interface WantedLetter {
  readonly title: string;
  readonly addressees: readonly string[];
  readonly body: Letter['body'];
  readonly figures: LetterFigure[];
}

/** The figures that evaluations give to letters, each with its title: `things` names the evaluation. */
export const evaluationFigureTitles = {
  'evaluations.self-total': '督导评估：自评得分',
  'evaluations.total': '督导评估：评定得分',
  'evaluations.conclusion': '督导评估：结论',
  'evaluations.branches': '督导评估：各部分得分',
  'evaluations.issues': '督导评估：整改问题',
} as const;
export type EvaluationFigure = keyof typeof evaluationFigureTitles;

/**
 * The 督导意见书 (《教育督导条例》, 国务院令第 624 号, 第二十一条) as the parts of a letter: result, comments by their kinds, what is to be
 * put right until when. Every figure of it keeps where it comes from; the office writes on in the draft.
 */
export function opinionLetter(scene: OpinionLetterScene): WantedLetter {
  const { prepared, kind, subjectName, assessmentYear, scored, findings } = scene;
  const { short, subject } = kindOf(kind);
  const figures = figuresOf(scene);
  const keyOf = (query: EvaluationFigure) => figures.find(({ asked }) => asked.query === query)?.key;
  const said = (query: EvaluationFigure) => {
    const key = keyOf(query);
    return key === undefined ? null : figureToken(key);
  };
  const max = scored.max === null ? '' : `（满分 ${letterPoints(scored.max)} 分）`;
  const results = [
    ...(said('evaluations.self-total') === null ? [] : [`自评 ${said('evaluations.self-total')} 分`]),
    ...(said('evaluations.total') === null ? [] : [`${ourOffice}评定 ${said('evaluations.total')} 分${max}`]),
    ...(said('evaluations.conclusion') === null ? [] : [`结论为：${said('evaluations.conclusion')}`]),
  ];
  const { edition } = prepared;
  const isDocument = edition.authority === 'official' && edition.completedBy === undefined;
  const body: Letter['body'] = [
    paragraph(opening(scene)),
    heading('评估结果'),
    paragraph(
      `${results.length === 0 ? '本次评估不评分、不定等次' : results.join('，')}。${rebasedSaid(scene)}${scored.total === null ? '' : '各部分得分如下。'}`,
    ),
    ...(isDocument
      ? []
      : [paragraph(`本次评估使用的指标体系“${edition.title}”（${edition.edition}）为${editionMark(edition)}。`)]),
    ...(scored.total === null ? [] : [branchTable(keyOf('evaluations.branches')!)]),
    ...(['strength', 'highlight', 'weakness', 'advice'] as const).flatMap((one) => commentsOf(scene.comments, one)),
    heading('整改要求'),
    ...figures.flatMap(({ asked, key }) => (asked.query === 'evaluations.issues' ? [issueTable(key)] : [])),
    paragraph(
      findings.length === 0
        ? `请结合上述意见改进工作，并将落实情况书面报告${ourOffice}。`
        : `请逐项制定整改措施，明确责任人，在期限内完成整改，并将整改情况书面报告${ourOffice}。${ourOffice}将对整改情况进行核查（《教育督导条例》第二十二条）。`,
    ),
  ];
  return {
    title: `关于${subjectName} ${assessmentYear} 年${short}的督导意见书`,
    addressees: [subject === 'county' ? `${subjectName}人民政府` : subjectName],
    ...{ body, figures },
  };
}

function opening({ kind, subjectName, assessmentYear, jointly, visited, statements }: OpinionLetterScene): string {
  const { short, subject } = kindOf(kind);
  const who = subject === 'county' ? addressed(subjectName) : '你校';
  const when = visited === null ? '' : daysSaid(visited);
  return `根据《教育督导条例》（国务院令第 624 号）和《福建省教育督导条例》，${ourOffice}${when}对${who}实施了 ${assessmentYear} 年${short}。${jointlySaid(jointly)}${heardSaid(statements)}现提出以下意见。`;
}

const daysSaid = ({ from, to }: { readonly from: Day; readonly to: Day }) =>
  from === to ? `于${dayInLetter(from)}` : `于${dayInLetter(from)}至${dayInLetter(to)}`;

/**
 * Why the parts do not add up to the total, where indicators do not apply and the rest counts for the whole; nothing where
 * they add up.
 */
function rebasedSaid({ prepared, scored }: Pick<OpinionLetterScene, 'prepared' | 'scored'>): string {
  if (scored.total === null || scored.max === null) return '';
  // Where the total is known, a part without points does not apply as a whole.
  const parts = branchesOf({ prepared, scored }).filter(({ points }) => points !== null);
  const [given, most] = [sum(parts.flatMap(({ points }) => points ?? [])), sum(parts.flatMap(({ max }) => max ?? []))];
  if (readsSame(most, scored.max)) return '';
  return `因有指标不适用，实际参评的指标满分 ${letterPoints(most)} 分，得 ${letterPoints(given)} 分，按满分 ${letterPoints(scored.max)} 分折算为 ${letterPoints(scored.total)} 分。`;
}

function heardSaid({ made, accepted, waived }: OpinionLetterScene['statements']): string {
  if (made > 0) return `初步意见反馈后，收到申辩意见 ${made} 条，采纳 ${accepted} 条。`;
  return waived ? '初步意见反馈后，你单位表示没有申辩意见。' : '初步意见反馈后，你单位在规定期限内没有提出申辩意见。';
}

const heading = (text: string): Letter['body'][number] => ({ kind: 'heading', level: 1, text });
const paragraph = (text: string): Letter['body'][number] => ({ kind: 'paragraph', text });
const plainToken = /【数据(\d{1,3})】/g;

/** Comments of one kind under their heading, numbered. What looks like the name of a figure in a typed text stays text. */
function commentsOf(comments: readonly OpinionComment[], kind: OpinionCommentKind): Letter['body'] {
  const own = comments.filter((one) => one.kind === kind && meaningfulText.test(one.text));
  if (own.length === 0) return [];
  const lines = own.map(({ text }, at) => `${at + 1}. ${text.trim().replaceAll(plainToken, '〔数据$1〕')}`);
  return [heading(opinionCommentTitles[kind]), ...lines.map(paragraph)];
}

type Column = Extract<Letter['body'][number], { kind: 'table' }>['columns'][number];
const column = (title: string, align: Column['align'] = 'left'): Column => ({ heading: title, align });

const branchTable = (from: number): Letter['body'][number] => ({
  ...{ kind: 'table', caption: '各部分得分', rows: [], from },
  columns: [column('指标'), column('满分', 'right'), column('得分', 'right')],
});
const issueTable = (from: number): Letter['body'][number] => ({
  ...{ kind: 'table', caption: '整改问题清单', rows: [], from },
  columns: [
    column('序号', 'center'),
    column('问题'),
    column('对应指标', 'center'),
    column('责任单位'),
    column('整改期限', 'center'),
  ],
});

function figuresOf(scene: OpinionLetterScene): LetterFigure[] {
  const { evaluationId, prepared, selfTotal, scored, conclusions, subjectName, readAt, factsOn } = scene;
  const text = (value: Exact | null) => (value === null ? null : letterPoints(value));
  const certificate = [
    { item: '指标体系', value: `${prepared.edition.title}（${prepared.edition.edition}）`.slice(0, 200) },
    { item: '指标体系校验码', value: prepared.hash },
    { item: '取数日期', value: factsOn },
  ];
  const values: (readonly [EvaluationFigure, string | string[][] | null, string | undefined])[] = [
    ['evaluations.self-total', text(selfTotal), undefined],
    ['evaluations.total', text(scored.total), undefined],
    ['evaluations.conclusion', conclusionText(conclusions), undefined],
    ['evaluations.branches', scored.total === null ? null : branchRows(scene), undefined],
    ...issueParts(scene).map((rows, at) => ['evaluations.issues', rows, String(at + 1)] as const),
  ];
  return values
    .flatMap(([query, value, choice]) => (value === null ? [] : [{ query, value, choice }]))
    .map(({ query, value, choice }, at) => ({
      key: at + 1,
      asked: { query, things: [evaluationId], ...(choice === undefined ? {} : { choice }) },
      title: evaluationFigureTitles[query],
      label: `${subjectName}：${evaluationFigureTitles[query].split('：')[1]}`.slice(0, 200),
      ...{ value, readAt, certificate },
    }));
}

/** The first level below the whole: the root's children where there is one root, else the roots. */
function branchesOf({ prepared, scored }: Pick<OpinionLetterScene, 'prepared' | 'scored'>) {
  const { children, order } = prepared;
  const roots = children.get(null) ?? [];
  const [only] = roots;
  const below = only === undefined || roots.length > 1 ? [] : (children.get(order[only]!.code) ?? []);
  const known = new Map([...scored.nodes, ...scored.leaves].map((one) => [one.code, one]));
  return (below.length > 0 ? below : roots).map((at) => {
    const { code, title } = order[at]!;
    const own = known.get(code);
    return { name: `${code} ${title ?? ''}`.trim(), max: own?.max ?? null, points: own?.points ?? null };
  });
}

/** The branches as rows of the letter's table: name, points that it can have, points. */
export function branchRows(scene: Pick<OpinionLetterScene, 'prepared' | 'scored'>): string[][] {
  const text = (value: Exact | null) => (value === null ? '—' : letterPoints(value));
  return branchesOf(scene)
    .slice(0, figureBounds.listed)
    .map(({ name, max, points }) => [name, text(max), text(points)]);
}

/** The findings in tables of as many rows as one figure may have; none where there are no findings. */
export function issueParts({ findings }: Pick<OpinionLetterScene, 'findings'>): string[][][] {
  const rows = findings.map(({ title, code, duty, dueOn }, at) => [
    ...[String(at + 1), title, code ?? '', duty?.name ?? '', dueOn === null ? '' : dayInLetter(dueOn)],
  ]);
  const tables: string[][][] = [];
  for (let at = 0; at < rows.length; at += figureBounds.listed) tables.push(rows.slice(at, at + figureBounds.listed));
  return tables;
}
