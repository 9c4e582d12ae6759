import type { z } from 'zod';
import type { receiptSummary } from '#contract/official-documents/letters.shape.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import { serving } from '#core/access/serve.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { withValues } from '#domain/letter/figure.ts';
import { officeOf } from '#domain/letter/office.ts';
import { receiptState, receiptStateTitles } from '#domain/letter/state.ts';
import type { LetterHandle } from '../letter.store.ts';
import { receiptRegisterReply } from '../letter.workbook.ts';
import { printReply } from '../print/print.act.ts';
import { findReceivedAttachment } from '../print/print.store.ts';
import { loadReceipt } from './receipt.act.ts';
import { findReceiptRegister, listAnswers, listReceipts, type ReceiptRow, writeReceived } from './receipt.store.ts';

const on = serving<LetterHandle>();
const mostExported = 20_000;

export const letterReceiptRoutes = [
  on(receipts.receipts, async ({ db, actor, scope }, { query }) => {
    const { rows, total } = await listReceipts(db, { actor, scope, filter: query });
    return { rows: rows.map(receiptShape), total };
  }),

  on(receipts.receiptRegister, async ({ db, actor, scope, today }, { query }) =>
    receiptRegisterReply(
      await findReceiptRegister(db, { actor, scope, filter: query }, mostExported),
      today,
      actor.userId,
    ),
  ),

  on(receipts.readReceipt, async (ctx, { params }) => {
    const receipt = await loadReceipt(ctx, params.receiptId);
    const {
      number: numbered,
      title,
      addressees,
      body,
      attachments,
      copyTo,
      sealed,
      head,
      signer,
      jointSigner = null,
      printedBy,
      date,
      printedOn,
      figures,
    } = receipt.model;
    const ofUnit = ctx.actor.level === 'city' || ctx.actor.level === 'county';
    return {
      ...receiptShape(receipt),
      content: {
        ...{ kind: receipt.kind, title, addressees, attachments, copyTo, sealed },
        body: body.map((block) => withValues(block, figures)),
      },
      ...{ numbered, head, signer, jointSigner, printedBy, date, printedOn },
      digest: receipt.digest,
      withdrawnOn: receipt.withdrawnOn,
      reason: receipt.reason,
      answers: holds(ctx.actor, 'letter.read') ? await listAnswers(ctx.db, receipt) : [],
      can: {
        receive: receiptState(receipt) === 'waiting',
        answer: ofUnit && holds(ctx.actor, 'letter.draft') && receipt.withdrawnOn === null,
      },
    };
  }),

  on(receipts.receiptPdf, async (ctx, { params }) => {
    const receipt = await loadReceipt(ctx, params.receiptId);
    return printReply(ctx, receipt, 'pdf', await findReceivedAttachment(ctx.db, receipt, 'pdf'));
  }),

  on(receipts.receive, async (ctx, { params }) => {
    const receipt = await loadReceipt(ctx, params.receiptId);
    const { id, placeId, schoolId, number } = receipt;
    const closed = (state: ReturnType<typeof receiptState>) =>
      problem('letter.receiptClosed', { number, state: receiptStateTitles[state] });
    const state = receiptState(receipt);
    ctx.authorize(state === 'waiting', closed(state));
    const by = { id: ctx.actor.userId, name: signatureOf(ctx.actor), at: ctx.now };
    if (!(await writeReceived(ctx.db, receipt, by))) {
      throw closed(receiptState(await loadReceipt(ctx, id)));
    }
    await ctx.record({
      ...{ action: 'letter.received', objectType: 'letter-receipt', objectId: id, placeId, schoolId },
      after: { number, title: receipt.title },
    });
    return { id, state: 'received' as const };
  }),
];

function receiptShape(row: ReceiptRow): z.output<typeof receiptSummary> {
  const { id, placeId, addressee, sender, writer, kind, number, title, issuedOn } = row;
  return {
    ...{
      id,
      placeId,
      addressee,
      sender,
      writer,
      ownName: sender === officeOf(writer),
      kind,
      number,
      title,
      issuedOn,
      state: receiptState(row),
    },
    receivedBy: row.receivedByName,
    receivedAt: row.receivedAt?.toISOString() ?? null,
  };
}
