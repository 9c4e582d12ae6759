import { z } from 'zod';
import { confidentialities, resemblanceKinds } from '#domain/evaluation/lists.ts';
import { authorities } from '#domain/framework/lists.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { writtenLine } from '../kit/texts.shape.ts';
import { mostLeaves } from './evaluations.shape.ts';

const count = z.number().int();

export const evidenceRow = z.object({
  id: z.uuid(),
  title: z.string(),
  /** Whose library it stands in: a school, or a unit. */
  unitName: z.string(),
  fileId: z.uuid().nullable(),
  fileName: z.string().nullable(),
  mediaType: z.string().nullable(),
  size: z.number().int().nullable(),
  aboutDay: day.nullable(),
  receivedOn: day,
  catalogueNumber: z.string().nullable(),
  boxNumber: z.string().nullable(),
  confidentiality: z.enum(confidentialities),
  expiresOn: day.nullable(),
  /** The newer piece that took its place. */
  replacedBy: z.uuid().nullable(),
  version: z.number().int(),
  addedBy: z.string(),
  addedAt: instant,
  /** How many leaves it proves. */
  leaves: count,
  revision: z.number().int(),
});

/** As many evaluations as a row of the library names of those that its piece proves something in. */
export const mostProvedRounds = 40;

/** A piece in the library, with the leaves that it proves, the newest evaluation first. */
export const listedEvidence = evidenceRow.extend({
  proves: z
    .array(
      z.object({
        year: z.number().int().nullable(),
        edition: z
          .object({ title: z.string(), authority: z.enum(authorities), completedBy: z.string().nullable() })
          .nullable(),
        codes: z.array(z.string()).max(mostLeaves),
      }),
    )
    .max(mostProvedRounds),
});

const share = z.number().min(0).max(1);

/** A rectangle of a page, as shares of its width and its height. */
export const pageRegion = z
  .object({ left: share, top: share, width: share.positive(), height: share.positive() })
  .refine(({ left, top, width, height }) => left + width <= 1 && top + height <= 1, {
    message: '区域不能超出页面',
  });

/** Where in a piece the proof stands: the preview opens at the page and marks the rectangle. */
export const pageAnchor = z.object({
  page: z.number().int().min(1).max(99_999).nullable(),
  region: pageRegion.nullable(),
});

export const linkedEvidence = evidenceRow.extend({
  pageNote: z.string().nullable(),
  ...pageAnchor.shape,
  resemblances: z
    .array(
      z.object({
        kind: z.enum(resemblanceKinds),
        evidenceId: z.uuid(),
        title: z.string(),
        unitName: z.string(),
        year: z.number().int(),
        closeness: z.string(),
        fileId: z.uuid().nullable(),
      }),
    )
    .max(20),
});

export const newEvidence = z.object({
  title: writtenLine(200).min(2, '请填写材料名称'),
  aboutDay: day.nullable(),
  receivedOn: day.nullable(),
  catalogueNumber: writtenLine(40).nullable(),
  boxNumber: writtenLine(40).nullable(),
  confidentiality: z.enum(confidentialities),
  expiresOn: day.nullable(),
});
