import { z } from 'zod';
import { day } from '../kit/kit.shape.ts';
import { file, listOutput, listQuery, pdfType, route, workbookType } from '../route.ts';
import {
  letterContent,
  letterKind,
  letterNumber,
  receiptParams,
  receiptStateShape,
  receiptSummary,
} from './letters.shape.ts';

const filter = {
  state: receiptStateShape.optional(),
  kind: letterKind.optional(),
};

export const receipts = route({
  name: 'official-documents.receipts',
  method: 'GET',
  path: '/api/letter-receipts',
  access: 'letter.receive',
  scoped: true,
  summary: '收文：送达本单位的公文',
  query: listQuery.extend(filter),
  output: listOutput(receiptSummary),
});

export const receiptRegister = route({
  name: 'official-documents.receiptRegister',
  method: 'GET',
  path: '/api/letter-receipts/register',
  access: 'letter.receive',
  scoped: true,
  summary: '收文登记簿（Excel），筛选与列表相同',
  query: listQuery.omit({ page: true, pageSize: true }).extend(filter),
  output: file(workbookType),
});

export const readReceipt = route({
  name: 'official-documents.readReceipt',
  method: 'GET',
  path: '/api/letter-receipts/:receiptId',
  access: 'letter.receive',
  scoped: true,
  summary: '一份来文',
  params: receiptParams,
  output: receiptSummary.extend({
    /** As it is printed, with its values: where they come from is the writer's own matter. */
    content: letterContent.omit({ seriesId: true, restricted: true, figures: true }),
    numbered: letterNumber,
    head: z.string(),
    signer: z.string(),
    jointSigner: z.string().nullable(),
    printedBy: z.string(),
    date: day.nullable(),
    printedOn: day.nullable(),
    digest: z.string(),
    withdrawnOn: z.string().nullable(),
    reason: z.string().nullable(),
    /** The answers of this place, the newest first. */
    answers: z.array(z.object({ id: z.uuid(), title: z.string(), state: z.string() })).max(50),
    can: z.object({ receive: z.boolean(), answer: z.boolean() }),
  }),
});

export const receiptPdf = route({
  name: 'official-documents.receiptPdf',
  method: 'GET',
  path: '/api/letter-receipts/:receiptId/pdf',
  access: 'letter.receive',
  scoped: true,
  summary: '来文的 PDF',
  params: receiptParams,
  output: file(pdfType),
});

export const receive = route({
  name: 'official-documents.receive',
  method: 'POST',
  path: '/api/letter-receipts/:receiptId/receiving',
  access: 'letter.receive',
  summary: '签收来文',
  params: receiptParams,
  output: z.object({ id: z.uuid(), state: receiptStateShape }),
});
