import { newestEntries } from '#contract/kit/kit.shape.ts';
import * as letters from '#contract/official-documents/letters.ts';
import type { QuoteChoice } from '#core/access/quote.ts';
import { serving } from '#core/access/serve.ts';
import { findSignedSteps, listSteps } from '#core/workflow/step.store.ts';
import { problem } from '#domain/kit/problem.ts';
import { figuresOf, inWords } from '#domain/letter/figure.ts';
import {
  handRefusal,
  judgementsLost,
  type LetterSubject,
  letterStepTitles,
  permittedLetterActs,
} from '#domain/letter/flow.ts';
import { openLetterStates } from '#domain/letter/state.ts';
import { composeLetter, contentOf } from './draft/draft.act.ts';
import type { Figures } from './figure/figure.act.ts';
import { listFigureUnits, listFigureYears } from './figure/figure.store.ts';
import { type LetterContext, loadLetter, subjectOf } from './letter.act.ts';
import {
  findUnitName,
  listAddressees,
  listPrintFonts,
  listPrints,
  listRecipients,
  listTies,
} from './letter.detail.store.ts';
import { findListed, findRegister, listHandlers, listLetters } from './letter.list.store.ts';
import { summaryShape } from './letter.shape.ts';
import type { LetterHandle, LetterRow } from './letter.store.ts';
import { registerReply } from './letter.workbook.ts';
import { printReply } from './print/print.act.ts';
import { findPrintedAttachment } from './print/print.store.ts';
import { findReceipt } from './receipt/receipt.store.ts';
import { findSeries } from './series/series.store.ts';

const on = serving<LetterHandle>();

/** As many rows as a register has at most. */
const mostExported = 20_000;
const mostAddressees = 20;

export function letterReadRoutes(quoted: Figures) {
  return [
    on(letters.list, async ({ db, actor, scope }, { query }) => {
      const { rows, total } = await listLetters(db, { actor, scope, filter: query });
      return { rows: rows.map(summaryShape), total };
    }),

    on(letters.handlers, async (ctx) => {
      // The person asks for the own ones as 我经办的.
      const others = (await listHandlers(ctx.db, ctx)).filter(({ personId }) => personId !== ctx.actor.userId);
      return { rows: others };
    }),

    on(letters.register, async ({ db, actor, scope, today }, { query }) =>
      registerReply(await findRegister(db, { actor, scope, filter: query }, mostExported), today, actor.userId),
    ),

    on(letters.read, async (ctx, { params }) => {
      const letter = await loadLetter(ctx, params.letterId);
      const subject = subjectOf(letter);
      const steps = await listSteps(ctx.db, letter);
      const titles = letterStepTitles(steps.map(({ action }) => action));
      const can = permittedLetterActs(subject, ctx.actor);
      const signed = (await findSignedSteps(ctx.db, [letter])).get(letter.id) ?? [];
      let signingObstacle: string | null = null;
      for (const act of (['check', 'sign', 'cosign', 'issue'] as const).filter((one) => can[one])) {
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
        jointSigner: letter.model?.jointSigner ?? null,
        printedBy: letter.model?.printedBy ?? '',
        date: letter.model?.date ?? null,
        printedOn: letter.model?.printedOn ?? null,
        sourceLabel: letter.sourceLabel,
        reason: letter.reason,
        withdrawnOn: letter.withdrawnOn,
        digest: letter.digest,
        prints: await listPrints(ctx.db, letter),
        fonts: await listPrintFonts(ctx.db, letter),
        addressed: (await listRecipients(ctx.db, letter)).map(({ isOpen: _, ...one }) => ({
          ...one,
          receivedAt: one.receivedAt?.toISOString() ?? null,
        })),
        figures: await figuresShape(quoted, ctx, letter),
        cosigner: cosignerShape(letter, subject),
        ties: (await listTies(ctx.db, letter)).map(({ subjectPlaceId: _, ...tie }) => tie),
        replyTo: asked === undefined ? null : { number: asked.number, title: asked.title, receiptId: asked.id },
        steps: steps
          .map(({ id, action, actorName, at, reason }, index) => ({
            ...{ id, action, title: titles[index]!, actorName, at: at.toISOString(), reason },
          }))
          .slice(-newestEntries),
        can,
        lostByChange: judgementsLost(letter, ctx.actor),
        signingObstacle,
      };
    }),

    on(letters.pdf, (ctx, { params }) => printed(ctx, params.letterId, 'pdf')),

    on(letters.word, (ctx, { params }) => printed(ctx, params.letterId, 'word')),

    on(letters.preview, async (ctx, { body }) => {
      const placeId = ctx.actor.unitId ?? 0;
      const series = body.seriesId === null ? undefined : await findSeries(ctx.db, placeId, body.seriesId);
      const unitName = await findUnitName(ctx.db, placeId);
      const { jointSigner, ...content } = body;
      const model = composeLetter(content, series, { unitName, jointSigner, today: ctx.today });
      return printReply(ctx, { model, number: null, title: body.title }, 'pdf');
    }),

    on(letters.figureChoices, async ({ db, actor, scope }) => ({
      units: await listFigureUnits(db, scope.places),
      years: await listFigureYears(db),
      quotes: await choicesOf(quoted, { db, actor }),
    })),

    on(letters.readFigure, async (ctx, { body: { asked } }) => {
      const { key: _, ...figure } = await quoted.readOne(ctx, asked);
      return figure;
    }),

    on(letters.addressees, async (ctx, { query }) => {
      const limit = mostAddressees;
      const rows = await listAddressees(ctx.db, ctx.scope, ctx.actor.unitId ?? 0, { search: query.search, limit });
      return { rows: rows.slice(0, limit), more: rows.length > limit };
    }),
  ];
}

/** What a person can put into a letter by hand. */
async function choicesOf(quoted: Figures, { db, actor }: Pick<LetterContext, 'db' | 'actor'>) {
  const quotes: { query: string; title: string; choices: QuoteChoice[] }[] = [];
  for (const [query, { title, choices }] of Object.entries(quoted.quotesFor(actor))) {
    if (choices !== null) quotes.push({ query, title, choices: [...(await choices(db))] });
  }
  return quotes;
}

/** 数据来源: each figure with its query, its value and its moment, and what changed of it since. */
async function figuresShape(quoted: Figures, ctx: LetterContext, letter: LetterRow) {
  const { figures = [], body = [] } = letter.model ?? {};
  const changes = await quoted.changes(ctx, letter);
  return figures.map(({ key, title, label, value, readAt, certificate }) => ({
    ...{ key, title, label, value: inWords(value), readAt, certificate },
    changed: changes.get(key) ?? null,
    parts: body.flatMap((block, at) => (figuresOf(block).includes(key) ? [at] : [])),
  }));
}

/** How far the signature of a partner is. */
function cosignerShape({ cosignedByName, cosignedAt, cosignerDropped, state }: LetterRow, { cosigner }: LetterSubject) {
  if (cosigner === null) return null;
  const waits = cosigner.standing === 'waiting' && (openLetterStates as readonly string[]).includes(state);
  return {
    ...{ unitName: cosigner.unitName, signedBy: cosignedByName, signedAt: cosignedAt?.toISOString() ?? null },
    dropped: cosignerDropped,
    obstacle: waits ? problem('letter.notCosigned', { unit: cosigner.unitName }).message : null,
  };
}

/** The letter as a file: the frozen one where it was printed, else as its text stands. */
async function printed(ctx: LetterContext, letterId: string, format: 'pdf' | 'word') {
  const letter = await loadLetter(ctx, letterId);
  const { model, number, title } = letter;
  if (model === null) throw problem('thing.notFound', { what: '份公文的电子文本' });
  const frozen = await findPrintedAttachment(ctx.db, letter, format);
  return printReply(ctx, { model, number, title }, format, frozen);
}
