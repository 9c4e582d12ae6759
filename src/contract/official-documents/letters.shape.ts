import { z } from 'zod';
import { figureBounds, letterFigure, letterFigures } from '#domain/letter/figure.shape.ts';
import { letterActions } from '#domain/letter/flow.ts';
import { letterBounds } from '#domain/letter/letter.shape.ts';
import { letterKinds, letterStates, receiptStates } from '#domain/letter/state.ts';
import { day, instant, newestEntries } from '../kit/kit.shape.ts';
import { revision, stepEntry } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';

export const letterParams = z.object({ letterId: z.uuid() });
export const receiptParams = z.object({ receiptId: z.uuid() });
export const seriesParams = z.object({ seriesId: z.uuid() });

export const letterState = z.enum(letterStates);
export const letterKind = z.enum(letterKinds);
export const receiptStateShape = z.enum(receiptStates);
const id = z.number().int();

/** As many people as a filter offers. */
export const mostHandlers = 500;

/** As many addressees as one letter has here at most: every school of a large city. */
export const mostRecipients = 3000;

const column = z.object({
  heading: writtenLine(letterBounds.line).min(1, '请填写列标题'),
  align: z.enum(['left', 'center', 'right']).default('center'),
});

/** A part of the text: a heading, a paragraph or a table. */
export const letterBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.number().int().min(1).max(4), text: writtenText(20_000) }),
  z.object({ kind: z.literal('paragraph'), text: writtenText(20_000) }),
  z.object({
    kind: z.literal('table'),
    caption: writtenLine(letterBounds.line).nullable().default(null),
    columns: z.array(column).min(1).max(letterBounds.columns),
    rows: z.array(z.array(writtenText(2000)).max(letterBounds.columns)).max(letterBounds.rows),
    /** The figure whose rows it shows. */
    from: z.number().int().min(1).max(999).optional(),
  }),
]);

const names = (most: number) => z.array(writtenLine(letterBounds.line)).max(most, `不能超过 ${most} 个`);

/** What a person writes of a letter; head, signer and number come from its series. */
export const letterContent = z.object({
  kind: letterKind,
  seriesId: z.uuid().nullable(),
  title: writtenText(letterBounds.title).min(2, '请填写标题，至少 2 个字'),
  addressees: names(100),
  body: z.array(letterBlock).min(1, '请填写正文').max(letterBounds.blocks),
  attachments: names(50),
  copyTo: names(100),
  sealed: z.boolean(),
  restricted: z.boolean(),
  /** The figures that the text names. Values are read by the server: of what is sent only key and question count. */
  figures: letterFigures.optional(),
});

export { figureAsked, letterFigure } from '#domain/letter/figure.shape.ts';

/** A figure of a letter as its page lists it: 数据来源. */
export const shownFigure = z.object({
  key: z.number().int(),
  /** The query in words, and the figure. */
  title: z.string(),
  label: z.string(),
  value: z.string(),
  readAt: instant,
  certificate: letterFigure.shape.certificate,
  /** Since it was read, of a letter that is not issued; null now: there is no such figure any more. */
  changed: z.object({ was: z.string(), now: z.string().nullable() }).nullable(),
  /** The parts of the text in which it stands. */
  parts: z.array(z.number().int()).max(letterBounds.blocks),
});

/** 发文字号 in its parts; without a number until it is issued. */
export const letterNumber = z.object({
  code: z.string(),
  year: z.number().int(),
  ordinal: z.number().int().nullable(),
});

/** A unit or a school that receives the letter here. */
export const recipientRef = z.object({ unitId: id, schoolId: id.nullable() });

export const letterSummary = z.object({
  id: z.uuid(),
  placeId: id,
  placeName: z.string(),
  kind: letterKind,
  title: z.string(),
  state: letterState,
  revision: z.number().int(),
  /** 示政教督〔2026〕12号; null until it is issued. */
  number: z.string().nullable(),
  /** 印发日期. */
  issuedOn: day.nullable(),
  draftedBy: z.string(),
  /** Who goes on with it; only where its drafter handed it over. */
  handledBy: z.string().optional(),
  updatedAt: instant,
  recipients: z.number().int(),
  received: z.number().int(),
  restricted: z.boolean(),
  onPaper: z.boolean(),
});

export const letterDetail = letterSummary.extend({
  /** Null where it was issued on paper. */
  content: letterContent.nullable(),
  /** Null where it was issued on paper. */
  numbered: letterNumber.nullable(),
  /** 发文机关标志 and 发文机关署名, as they are printed. */
  head: z.string(),
  signer: z.string(),
  /** 署名 of the unit with which it is issued; null: the signer issues it alone. */
  jointSigner: z.string().nullable(),
  printedBy: z.string(),
  /** 成文日期 and 印发日期, as they are printed. */
  date: day.nullable(),
  printedOn: day.nullable(),
  sourceLabel: z.string(),
  reason: z.string().nullable(),
  withdrawnOn: day.nullable(),
  /** SHA-256 of the letter as it was issued. */
  digest: z.string().nullable(),
  /** Digests of the frozen files; empty until they are printed. */
  prints: z.array(z.object({ format: z.enum(['pdf', 'word']), digest: z.string() })).max(2),
  /** Fonts of the office that were not there, and what stands in for them. */
  fonts: z.array(z.object({ wanted: z.string(), used: z.string() })).max(10),
  addressed: z
    .array(recipientRef.extend({ name: z.string(), receivedAt: instant.nullable(), receivedBy: z.string().nullable() }))
    .max(mostRecipients),
  figures: z.array(shownFigure).max(figureBounds.figures),
  ties: z.array(z.object({ subjectType: z.string(), subjectId: z.uuid(), title: z.string() })).max(newestEntries),
  /** The unit that signs beside the one that writes (会签): who signed for it and when, or why it was taken out. */
  cosigner: z
    .object({
      unitName: z.string(),
      signedBy: z.string().nullable(),
      signedAt: instant.nullable(),
      dropped: z.string().nullable(),
      /** What bars the issue, with the way out; null where nothing does. */
      obstacle: z.string().nullable(),
    })
    .nullable(),
  /** The letter that this one answers, as it came in. */
  replyTo: z.object({ number: z.string(), title: z.string(), receiptId: z.uuid().nullable() }).nullable(),
  steps: z.array(stepEntry).max(newestEntries),
  can: z.record(z.enum(letterActions), z.boolean()),
  /** The judgements that this person loses by a change of the text: 审核, 签发. */
  lostByChange: z.array(z.string()).max(2),
  /** Why this person may not do the next act although the post may: the own hand signed before. */
  signingObstacle: z.string().nullable(),
});

/** What an act leaves: where the letter stands now. */
export const letterStanding = z.object({
  id: z.uuid(),
  state: letterState,
  revision: z.number().int(),
  number: z.string().nullable(),
});

/** A figure of the text that has changed since it was read, and its value of now as the person saw it; null: there is none. */
export const keptFigure = z.object({ key: z.number().int(), now: z.string().max(400).nullable() });
/** The same, by somebody who saw how figures of the text have changed since, and keeps their old values. */
export const decidedDespite = revision.extend({
  keepFigures: z.array(keptFigure).max(figureBounds.figures).optional(),
});
export const reason = writtenReason(500);

export const letterSeries = z.object({
  id: z.uuid(),
  code: z.string(),
  /** Null: letters of every kind. */
  kind: letterKind.nullable(),
  head: z.string(),
  signer: z.string(),
  printedBy: z.string(),
  active: z.boolean(),
  revision: z.number().int(),
  /** Of the year that is asked about: the first and the last number, and the day of the last. */
  first: z.number().int(),
  last: z.number().int(),
  lastIssuedOn: day.nullable(),
});

export const newSeries = z.object({
  code: writtenLine(30).min(2, '请填写机关代字，至少 2 个字'),
  kind: letterKind.nullable().default(null),
  head: writtenLine(60).min(2, '请填写发文机关标志'),
  signer: writtenLine(60).min(2, '请填写发文机关署名'),
  printedBy: writtenLine(60).min(2, '请填写印发机关'),
});

export const changedSeries = newSeries
  .omit({ code: true, kind: true })
  .extend({ active: z.boolean(), revision: z.number().int() });

/** A letter that was numbered on paper. */
export const paperLetter = z.object({
  seriesId: z.uuid(),
  kind: letterKind,
  number: z.number().int().min(1).max(999_999),
  title: writtenLine(120).min(2, '请填写标题'),
  issuedOn: day,
});

export const receiptSummary = z.object({
  id: z.uuid(),
  placeId: id,
  /** The unit or the school that received it. */
  addressee: z.string(),
  /** As it is printed, and the unit that really wrote it. */
  sender: z.string(),
  writer: z.string(),
  /** Whether the two are the same office. */
  ownName: z.boolean(),
  kind: letterKind,
  number: z.string(),
  title: z.string(),
  issuedOn: day,
  state: receiptStateShape,
  receivedBy: z.string().nullable(),
  receivedAt: instant.nullable(),
});
