import { describe, expect, it } from 'vitest';
import { factsOf, indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { divide, exact } from '../kit/decimal.ts';
import { rowsOf, withValues } from '../letter/figure.ts';
import { letterShape } from '../letter/letter.shape.ts';
import { noticeLetter } from './campaign/notice-letter.ts';
import { evidenceStanding } from './missing-evidence.ts';
import { campaignNoticeTitles, evaluationNoticeTitles } from './notice.ts';
import {
  conclusionText,
  issueParts,
  lacksAhead,
  type OpinionComment,
  type OpinionDraft,
  type OpinionFinding,
  type OpinionLetterScene,
  opinionLacks,
  opinionLetter,
} from './opinion.ts';
import { scoreLayer } from './points/score.ts';
import { resultLetter } from './result/result-letter.ts';

const prepared = smallEdition(
  [
    { code: '0', points: 30 },
    indicatorOf('A', '0', 20),
    indicatorOf('A1', 'A', 10, { evidence: '会议纪要', responsible: '教育局' }),
    indicatorOf('A2', 'A', 10, {
      method: { kind: 'linear', floor: 0, target: 1, below: 0 },
      formula: '事实:甲',
      evidence: '报表',
    }),
    indicatorOf('B', '0', 10),
  ],
  { max: 30, title: '示例指标体系', edition: '样本' },
);
const point = (value: number) => ({ points: exact(value), answer: null });
const facts = factsOf({ '事实:甲': 1 });
const full = new Map([
  ['A1', point(8.5)],
  ['A2', point(9)],
  ['B', point(7)],
]);
const scored = scoreLayer({ prepared, facts, context: {} }, full);
const conclusion = { name: '良好', by: '总分 24.5', table: '等次', open: [] };
const comments: OpinionComment[] = [
  { kind: 'strength', code: 'A', text: '经费投入逐年增长。' },
  { kind: 'weakness', code: 'A1', text: '议定事项没有办结记录，见【数据1】。' },
  { kind: 'advice', code: null, text: '建立督办台账。' },
];
const finding: OpinionFinding = {
  ...{ title: '议定事项没有办结记录', code: 'A1', dueOn: '2025-12-31' },
  duty: { type: 'unit', id: 11, name: '晋江市' },
};
const draft = (given: Partial<OpinionDraft> = {}): OpinionDraft => ({
  ...{ comments, findings: [finding], scored, conclusions: [conclusion] },
  ...given,
});
const today = '2025-10-15';
const lacks = (given: Partial<OpinionDraft>, act: Parameters<typeof opinionLacks>[1] = 'confirmResult') =>
  opinionLacks(draft(given), act, today).map(({ sentence }) => sentence);

describe('an opinion', () => {
  it('is complete with a total, a conclusion, strengths, weaknesses, advice, and a duty and a day for each finding', () => {
    expect(lacks({})).toEqual([]);
    expect(lacks({ findings: [] })).toEqual([]);
    expect(lacks({ comments: comments.slice(0, 1) })).toEqual(['没有写“存在的问题”', '没有写“意见和建议”']);
    expect(lacks({ findings: [{ ...finding, duty: null, dueOn: null }] })).toEqual([
      '第 1 个问题“议定事项没有办结记录”没有责任单位',
      '第 1 个问题“议定事项没有办结记录”没有整改期限',
    ]);
  });

  it('a comment without a letter or a digit says nothing', () => {
    const empty = comments.map((one) => (one.kind === 'advice' ? { ...one, text: ' …。' } : one));
    expect(lacks({ comments: empty })).toEqual(['没有写“意见和建议”']);
  });

  it('is not fed back while points or conclusions are open; feedback needs a comment alone', () => {
    const open = scoreLayer({ prepared, facts, context: {} }, new Map([['A1', point(8.5)]]));
    const undecided = { name: '未定', by: '总分在 8.5 至 28.5 之间', table: '等次', open: ['A2', 'B'] };
    expect(lacks({ scored: open, conclusions: [undecided], comments: [] }, 'release')).toEqual([
      '评定得分还没有定：指标 A2、B',
      '“等次”未定：还缺 A2、B',
      '没有写任何意见，请至少写一条成绩或问题',
    ]);
    expect(lacks({ comments: comments.slice(0, 1), findings: [{ ...finding, dueOn: null }] }, 'release')).toEqual([]);
    // Of a whole tree that nobody has judged a sentence names the first leaves, not sixty.
    const all = { ...undecided, open: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7'] };
    expect(lacks({ scored: open, conclusions: [all] }, 'release')[1]).toBe(
      '“等次”未定：还缺 C1、C2、C3、C4、C5 等 7 项',
    );
  });

  it('what the letter will want is told before the feedback, which does not ask it', () => {
    const one = { comments: comments.slice(0, 1), findings: [{ ...finding, dueOn: null }] };
    expect(lacksAhead(draft(one), 'release', today).map(({ sentence }) => sentence)).toEqual([
      ...['没有写“存在的问题”', '没有写“意见和建议”'],
      '第 1 个问题“议定事项没有办结记录”没有整改期限',
    ]);
    expect(lacksAhead(draft({}), 'release', today)).toEqual([]);
    expect(lacksAhead(draft(one), 'issueOpinion', today)).toEqual([]);
  });

  it('the days of its findings lie ahead when the letter is written, and stand afterwards', () => {
    const past = { findings: [{ ...finding, dueOn: today }] };
    expect(lacks(past, 'issueOpinion')).toEqual(['第 1 个问题“议定事项没有办结记录”的整改期限不晚于今天']);
    expect(lacks(past, 'confirmResult')).toEqual([]);
  });

  it('its conclusion is one name, of several tables each with its own, and none while one is open', () => {
    expect(conclusionText([conclusion])).toBe('良好');
    expect(conclusionText([conclusion, { ...conclusion, table: '称号', name: '先进县' }])).toBe(
      '等次：良好；称号：先进县',
    );
    expect(conclusionText([conclusion, { ...conclusion, name: '未定' }])).toBeNull();
    expect(conclusionText([])).toBeNull();
  });
});

describe('joint work', () => {
  const jointly = { lead: '教育督导室', partner: '基础教育科' };
  const said = '本次督导由教育督导室牵头，基础教育科配合。';
  const words = ({ body }: { readonly body: readonly object[] }) => JSON.stringify(body);

  it('has both units on the notice, the opinion and the result, and one alone says nothing', () => {
    const scene: OpinionLetterScene = {
      ...{ evaluationId: 'e', kind: 'county-inspection', subjectName: '晋江市', assessmentYear: 2025, visited: null },
      ...{ prepared, selfTotal: null, scored, conclusions: [conclusion], comments, findings: [finding], jointly },
      statements: { made: 0, accepted: 0, waived: true },
      ...{ factsOn: '2025-09-01', readAt: '2025-10-15T00:00:00.000Z' },
    };
    const notice = {
      ...{ campaignId: 'c', kind: 'county-inspection' as const, title: '对县督导', assessmentYear: 2025, jointly },
      ...{
        edition: { title: '指标体系', authority: 'sample' as const },
        subjects: [],
        days: [],
        readAt: scene.readAt,
        certificate: {} as never,
      },
    };
    for (const letter of [opinionLetter(scene), resultLetter(scene), noticeLetter(notice)]) {
      expect(words(letter)).toContain(said);
    }
    const alone = { jointly: null };
    for (const letter of [opinionLetter({ ...scene, ...alone }), noticeLetter({ ...notice, ...alone })]) {
      expect(words(letter)).not.toContain('牵头');
    }
  });
});

describe('the opinion letter', () => {
  const scene = (given: Partial<OpinionLetterScene> = {}): OpinionLetterScene => ({
    ...{ evaluationId: '0199e000-0000-7000-8000-000000000001', kind: 'county-inspection', subjectName: '晋江市' },
    ...{ assessmentYear: 2025, visited: { from: '2025-09-01', to: '2025-09-05' }, prepared, selfTotal: exact('27.5') },
    ...{ scored, conclusions: [conclusion], comments, findings: [finding] },
    ...{
      statements: { made: 2, accepted: 1, waived: false },
      factsOn: '2025-09-01',
      readAt: '2025-10-15T00:00:00.000Z',
    },
    ...given,
  });
  const textOf = (given: Partial<OpinionLetterScene> = {}) => {
    const { body, figures } = opinionLetter(scene(given));
    return body
      .map((block) => withValues(block, figures))
      .map((block) =>
        block.kind === 'table'
          ? rowsOf(block, figures)
              .map((row) => row.join('|'))
              .join('\n')
          : block.text,
      )
      .join('\n');
  };

  it('is a letter of the house, whose figures all name their source', () => {
    const { title, addressees, body, figures } = opinionLetter(scene());
    const whole = letterShape.safeParse({
      ...{
        head: '泉州市人民政府教育督导室文件',
        number: { code: '泉政教督', year: 2025 },
        title,
        addressees,
        body,
        figures,
      },
      ...{ signer: '泉州市人民政府教育督导室', printedBy: '泉州市人民政府教育督导室' },
    });
    expect(whole.error?.issues).toBeUndefined();
    expect(title).toBe('关于晋江市 2025 年对县督导的督导意见书');
    expect(addressees).toEqual(['晋江市人民政府']);
    expect(figures.map(({ asked }) => asked.query)).toEqual([
      ...[
        'evaluations.self-total',
        'evaluations.total',
        'evaluations.conclusion',
        'evaluations.branches',
        'evaluations.issues',
      ],
    ]);
    for (const { certificate } of figures) expect(certificate.map(({ item }) => item)).toContain('指标体系校验码');
  });

  it('says result, comments by their kinds, what is to be put right until when, and what became of the statement', () => {
    const text = textOf();
    expect(text).toContain('自评 27.5 分，我室评定 24.5 分（满分 30 分），结论为：良好');
    expect(text).toContain('我室于2025年9月1日至2025年9月5日对你市实施了');
    expect(text).toContain('A 指标A|20|17.5\nB 指标B|10|7');
    expect(text).toContain('1|议定事项没有办结记录|A1|晋江市|2025年12月31日');
    expect(text).toContain('收到申辩意见 2 条，采纳 1 条');
    expect(text.indexOf('主要成绩')).toBeLessThan(text.indexOf('存在的问题'));
    expect(text).not.toContain('工作亮点');
    expect(textOf({ statements: { made: 0, accepted: 0, waived: true } })).toContain('你单位表示没有申辩意见');
    expect(textOf({ statements: { made: 0, accepted: 0, waived: false } })).toContain('在规定期限内没有提出申辩意见');
  });

  it('prints two decimals and no sign of rounding, and says why the parts do not add up to the total', () => {
    const thirds = smallEdition([{ code: '0', points: 30 }, indicatorOf('A', '0', 10), indicatorOf('B', '0', 20)], {
      ...{ max: 30, title: '示例指标体系', edition: '样本', notApplicable: 'rebase' },
    });
    const given = new Map([
      ['A', { points: null, answer: { notApplicable: true } as const }],
      ['B', { points: exact('11.111'), answer: null }],
    ]);
    const rebased = scoreLayer({ prepared: thirds, facts, context: {} }, given);
    const text = textOf({ prepared: thirds, scored: rebased, selfTotal: divide(exact(200), exact(3)) });
    expect(text).not.toContain('≈');
    expect(text).toContain('自评 66.67 分');
    expect(text).toContain('因有指标不适用，实际参评的指标满分 20 分，得 11.11 分，按满分 30 分折算为 16.67 分。');
    expect(textOf()).not.toContain('折算');
  });

  it('addresses the government by its kind, and names a visit of one day once', () => {
    const said = (subjectName: string) =>
      textOf({ subjectName, visited: { from: '2025-09-01', to: '2025-09-01' } }).split('\n')[0];
    expect(said('鲤城区')).toContain('我室于2025年9月1日对你区实施了');
    expect(said('惠安县')).toContain('对你县实施了');
  });

  it('what looks like a figure in a typed comment stays a text', () => {
    expect(textOf()).toContain('见〔数据1〕');
  });

  it('never calls a sample official', () => {
    expect(textOf()).toContain('“示例指标体系”（样本）为样本，非官方文本。');
    const official = { ...prepared, edition: { ...prepared.edition, authority: 'official' as const } };
    expect(textOf({ prepared: official })).not.toContain('指标体系“');
  });

  it('without findings, without a self-score and of a school says what is there', () => {
    const text = textOf({ findings: [], selfTotal: null, kind: 'school-evaluation', subjectName: '第一小学' });
    expect(text).toContain('我室评定 24.5 分');
    expect(text).not.toContain('自评');
    expect(text).toContain('请结合上述意见改进工作');
    expect(opinionLetter(scene({ kind: 'school-evaluation', subjectName: '第一小学' })).addressees).toEqual([
      '第一小学',
    ]);
  });

  it('more findings than one table holds stand in several', () => {
    const many = Array.from({ length: 150 }, () => finding);
    expect(issueParts({ findings: many }).map((rows) => rows.length)).toEqual([100, 50]);
    expect(issueParts({ findings: many })[1]![0]![0]).toBe('101');
    expect(textOf({ findings: many })).toContain('150|');
    expect(issueParts({ findings: [] })).toEqual([]);
  });
});

describe('missing evidence', () => {
  const results = new Map(scored.leaves.map((leaf) => [leaf.code, leaf]));
  const standing = (linked: Record<string, number>, objected: string[] = [], found = results) =>
    evidenceStanding(prepared, found, new Map(Object.entries(linked)), new Set(objected));

  it('names leaves without evidence with what the document asks; a leaf that data close needs no upload', () => {
    expect(standing({}).missing).toEqual([
      { code: 'A1', title: '指标A1', asked: '会议纪要', responsible: '教育局' },
      { code: 'B', title: '指标B', asked: null, responsible: null },
    ]);
    expect(standing({ A1: 1, B: 2 })).toEqual({ missing: [], closedByData: 1 });
  });

  it('an objection to data, and data that nobody knows, want evidence; what does not apply wants none', () => {
    expect(standing({ A1: 1, B: 1 }, ['A2']).missing.map(({ code }) => code)).toEqual(['A2']);
    const open = new Map([...results, ['A2', { ...results.get('A2')!, state: 'unanswered' as const }]]);
    expect(standing({ A1: 1, B: 1 }, [], open)).toMatchObject({ missing: [{ code: 'A2' }], closedByData: 0 });
    const out = new Map([...results, ['B', { ...results.get('B')!, state: 'notApplicable' as const }]]);
    expect(standing({ A1: 1 }, [], out).missing).toEqual([]);
  });
});

it('every notice has its words', () => {
  for (const title of Object.values({ ...evaluationNoticeTitles, ...campaignNoticeTitles })) {
    expect(title).toMatch(/^[\p{Script=Han}，]{4,}$/u);
  }
});
