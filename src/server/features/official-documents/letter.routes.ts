import { newestEntries } from '#contract/kit/kit.shape.ts';
import * as letters from '#contract/official-documents/letters.ts';
import { serving } from '#core/access/serve.ts';

import { findSignedSteps, listSteps } from '#core/workflow/step.store.ts';
import { problem } from '#domain/kit/problem.ts';
import { handRefusal, letterStepTitle, permittedLetterActs } from '#domain/letter/flow.ts';
import { composeLetter, contentOf } from './draft.act.ts';
import { type LetterContext, loadLetter, subjectOf } from './letter.act.ts';
import {
  findUnitName,
  listAddressees,
  listPrintFonts,
  listPrints,
  listRecipients,
  listTies,
} from './letter.detail.store.ts';
import { findListed, findRegister, listLetters } from './letter.list.store.ts';
import { summaryShape } from './letter.shape.ts';
import type { LetterHandle } from './letter.store.ts';
import { registerReply } from './letter.workbook.ts';
import { printReply } from './print/print.act.ts';
import { findPrintedAttachment } from './print/print.store.ts';
import { findReceipt } from './receipt/receipt.store.ts';
import { findSeries } from './series/series.store.ts';

const on = serving<LetterHandle>();

/** As many rows as a register has at most. */
const mostExported = 20_000;
const mostAddressees = 20;

export const letterReadRoutes = [
  on(letters.list, async ({ db, actor, scope }, { query }) => {
    const { rows, total } = await listLetters(db, { actor, scope, filter: query });
    return { rows: rows.map(summaryShape), total };
  }),

  on(letters.register, async ({ db, actor, scope, today }, { query }) =>
    registerReply(await findRegister(db, { actor, scope, filter: query }, mostExported), today, actor.userId),
  ),

  on(letters.read, async (ctx, { params }) => {
    const letter = await loadLetter(ctx, params.letterId);
    const subject = subjectOf(letter);
    const steps = await listSteps(ctx.db, letter);
    const can = permittedLetterActs(subject, ctx.actor);
    const signed = (await findSignedSteps(ctx.db, [letter])).get(letter.id) ?? [];
    let signingObstacle: string | null = null;
    for (const act of (['check', 'sign', 'issue'] as const).filter((one) => can[one])) {
      const refusal = handRefusal(act, letter, signed, ctx.actor);
      if (refusal === null) continue;
      can[act] = false;
      signingObstacle = refusal.message;
    }
    const content = contentOf(letter);
    const asked = letter.replyToId === null ? undefined : await findReceipt(ctx.db, ctx, letter.replyToId);
    return {
      ...summaryShape(await findListed(ctx.db, letter)),
      content,
      numbered: letter.model?.number ?? null,
      head: letter.model?.head ?? '',
      signer: letter.model?.signer ?? '',
      printedBy: letter.model?.printedBy ?? '',
      date: letter.model?.date ?? null,
      printedOn: letter.model?.printedOn ?? null,
      sourceLabel: letter.sourceLabel,
      reason: letter.reason,
      withdrawnOn: letter.withdrawnOn,
      digest: letter.digest,
      prints: await listPrints(ctx.db, letter),
      fonts: await listPrintFonts(ctx.db, letter),
      addressed: (await listRecipients(ctx.db, letter)).map((one) => ({
        ...one,
        receivedAt: one.receivedAt?.toISOString() ?? null,
      })),
      ties: (await listTies(ctx.db, letter)).map(({ subjectPlaceId: _, ...tie }) => tie),
      replyTo: asked === undefined ? null : { number: asked.number, title: asked.title, receiptId: asked.id },
      steps: steps.slice(-newestEntries).map(({ id, action, actorName, at, reason }) => ({
        ...{ id, action, title: letterStepTitle(action), actorName, at: at.toISOString(), reason },
      })),
      can,
      signingObstacle,
    };
  }),

  on(letters.pdf, (ctx, { params }) => printed(ctx, params.letterId, 'pdf')),

  on(letters.word, (ctx, { params }) => printed(ctx, params.letterId, 'word')),

  on(letters.preview, async (ctx, { body }) => {
    const placeId = ctx.actor.unitId ?? 0;
    const series = body.seriesId === null ? undefined : await findSeries(ctx.db, placeId, body.seriesId);
    const unitName = await findUnitName(ctx.db, placeId);
    const model = composeLetter(body, series, { unitName, today: ctx.today });
    return printReply(ctx, { model, number: null, title: body.title }, 'pdf');
  }),

  on(letters.addressees, async (ctx, { query }) => {
    const limit = mostAddressees;
    const rows = await listAddressees(ctx.db, ctx.scope, ctx.actor.unitId ?? 0, { search: query.search, limit });
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }),
];

/** The letter as a file: the frozen one where it was printed, else as its text stands. */
async function printed(ctx: LetterContext, letterId: string, format: 'pdf' | 'word') {
  const letter = await loadLetter(ctx, letterId);
  const { model, number, title } = letter;
  if (model === null) throw problem('thing.notFound', { what: '份公文的电子文本' });
  const frozen = await findPrintedAttachment(ctx.db, letter, format);
  return printReply(ctx, { model, number, title }, format, frozen);
}
