import { z } from 'zod';
import { passedWork } from '#core/access/pass-work.ts';
import { campaignPartnerLeft } from '#core/workflow/campaign-occurrences.ts';
import { job } from '#platform/jobs/port.ts';

/** The frozen files of a letter that was just issued, for its own page and for its addressees. */
export const printLetter = job({
  name: 'official-documents.print',
  title: '生成公文的 PDF 和 Word 文件',
  data: z.object({ placeId: z.int(), letterId: z.uuid() }),
  keyOf: ({ letterId }) => letterId,
  retries: 5,
});

/** The open letters of a post pass to another person. */
export const passDrafts = job({
  name: 'official-documents.passDrafts',
  title: '把经办的公文移交给接手人',
  data: passedWork,
  retries: 5,
});

/** Letters of a campaign wait no longer for the signature of a unit that is out of it. */
export const freeLetters = job({
  name: 'official-documents.freeLetters',
  title: '配合单位退出后，免去项目公文的会签',
  data: campaignPartnerLeft.data,
  retries: 5,
});

/** A letter that a feature wants is drafted, once. Its data are those of the occurrence. */
export const draftWanted = job({
  name: 'official-documents.draftWanted',
  title: '按业务的要求拟公文草稿',
  data: z.object({
    letterId: z.uuid(),
    placeId: z.int(),
    kind: z.string(),
    title: z.string(),
    addressees: z.array(z.string()),
    // Read by the shape of a letter when the job runs.
    body: z.array(z.unknown()),
    figures: z.array(z.unknown()).optional(),
    cosignerUnitId: z.int().nullable().optional(),
    recipients: z.array(z.object({ unitId: z.int(), schoolId: z.int().nullable() })),
    ties: z.array(
      z.object({ subjectType: z.string(), subjectPlaceId: z.int(), subjectId: z.uuid(), title: z.string() }),
    ),
    sourceType: z.string(),
    sourceId: z.string(),
    sourceLabel: z.string(),
  }),
  retries: 5,
});
