import { citedEdition, type MarkedEdition } from '../../framework/edition/edition-mark.ts';
import { dayInLetter } from '../../kit/school-year.ts';
import type { LetterFigure } from '../../letter/figure.shape.ts';
import type { Letter } from '../../letter/letter.shape.ts';
import { kindOf } from '../kind.ts';
import type { EvaluationKind } from '../lists.ts';
import type { WantedLetter } from '../opinion.ts';
import { type JointWork, jointlySaid } from '../result/letter-words.ts';
import type { Slot } from './slots.ts';
import type { StepDays } from './timetable.ts';

/** The figures that campaigns give to letters, each with its title: `things` names the campaign. */
export const campaignFigureTitles = { 'campaigns.timetable': '督导评估：时间安排' } as const;
export type CampaignFigure = keyof typeof campaignFigureTitles;

/** As many addressees are named; more are `各被督导单位`. */
const mostNamed = 20;

/** What the notice says of a campaign. */
export interface NoticeScene {
  readonly campaignId: string;
  readonly kind: EvaluationKind;
  readonly title: string;
  /** The calendar year that is assessed. */
  readonly assessmentYear: number;
  readonly edition: MarkedEdition & { readonly title: string };
  /** Null where one unit holds the inspection alone. */
  readonly jointly?: JointWork | null;
  readonly subjects: readonly { readonly name: string; readonly schoolId: number | null }[];
  readonly days: readonly StepDays[];
  /** Subjects with their own days in the step that goes in slots, if there are any. */
  readonly slots?: readonly NamedSlot[];
  /** The moment at which the days were read, as an ISO text, and by what they can be proved. */
  readonly readAt: string;
  readonly certificate: LetterFigure['certificate'];
}

/** A subject by its name, and its days. */
export type NamedSlot = Slot & { readonly name: string };

/**
 * The days of the steps behind the notice as rows of a letter: step, first day, last day. Behind the step that goes in slots each
 * subject has a row with its own days.
 */
export function timetableRows(
  kind: EvaluationKind,
  days: readonly StepDays[],
  slots: readonly NamedSlot[] = [],
): string[][] {
  const rowOf = (title: string, { from, to }: Slot) => [title, dayInLetter(from), dayInLetter(to)];
  return kindOf(kind).steps.flatMap(({ step, title, slotDays }): string[][] => {
    const own = days.find((one) => one.step === step);
    if (own === undefined || step === 'notice') return [];
    const parts = slotDays === undefined ? [] : slots.map((slot) => rowOf(`${title}：${slot.name}`, slot));
    return [rowOf(title, own), ...parts];
  });
}

/** The headings of `timetableRows`. */
export const timetableColumns = ['步骤', '开始', '截止'] as const;

/**
 * The written notice before a campaign (《教育督导条例》, 国务院令第 624 号, 第十七条) as the parts of a letter. The days are a figure of
 * the campaign: where they change, the draft says so, and takes the new ones at a press.
 */
export function noticeLetter(scene: NoticeScene): WantedLetter {
  const { campaignId, kind, title, assessmentYear, edition, subjects, days, slots, readAt, certificate } = scene;
  const query: CampaignFigure = 'campaigns.timetable';
  const figure: LetterFigure = {
    ...{ key: 1, asked: { query, things: [campaignId] }, title: campaignFigureTitles[query] },
    ...{ label: `${title}：时间安排`.slice(0, 200), value: timetableRows(kind, days, slots), readAt, certificate },
  };
  // A county is written to as its government, a school by its name.
  const names = subjects.map(({ name, schoolId }) => (schoolId === null ? `${name}人民政府` : name));
  const paragraph = (text: string): Letter['body'][number] => ({ kind: 'paragraph', text });
  const heading = (text: string): Letter['body'][number] => ({ kind: 'heading', level: 1, text });
  return {
    title: `关于开展${title}的通知`,
    addressees: names.length <= mostNamed ? names : ['各被督导单位'],
    body: [
      paragraph(
        `根据《教育督导条例》（国务院令第 624 号），定于近期开展${title}，按${citedEdition(edition)}对 ${assessmentYear} 年的工作进行督导评估。${jointlySaid(scene.jointly)}现将有关事项通知如下。`,
      ),
      heading('时间安排'),
      {
        ...{ kind: 'table', caption: '时间安排', rows: [], from: figure.key },
        columns: timetableColumns.map((one) => ({ heading: one, align: 'left' as const })),
      },
      heading('有关要求'),
      paragraph('请在教育督导平台上按时完成自评，如实填写，附上依据材料，报送后由负责人署名确认。'),
    ],
    figures: [figure],
  };
}
