import type { z } from 'zod';
import * as letters from '#contract/official-documents/letters.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { listSteps, stepWrites, writeSteps } from '#core/workflow/step.store.ts';
import { undoAll } from '#core/workflow/undo.act.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { letterActionTitles } from '#domain/letter/flow.ts';
import { letterNumberText } from '#domain/letter/number-text.ts';
import { type LetterKind, type LetterState, letterKindTitles, letterStateTitles } from '#domain/letter/state.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { newId } from '#platform/ids/new-id.ts';
import { alsoFoundBy, composeLetter, jointSignerOf, type LetterContent } from './draft/draft.act.ts';
import { templateOf } from './draft/templates.shape.ts';
import type { Figures } from './figure/figure.act.ts';
import { letterWord, loadLetterFor, overtaken, recipientsOf, standingShape, step } from './letter.act.ts';
import { countAddressees, findUnitName } from './letter.detail.store.ts';
import {
  countDrafts,
  insertLetter,
  type LetterChange,
  type LetterHandle,
  type LetterRow,
  letterWrite,
  lockLetter,
  type NewLetter,
  type RecipientRef,
  recordOf,
  writePaperLetter,
  writeRecipients,
} from './letter.store.ts';
import { loadReceipt } from './receipt/receipt.act.ts';
import { findSeries, findUsualSeries, type SeriesRow } from './series/series.store.ts';

type Ctx = Context<LetterHandle>;
const on = serving<LetterHandle>();

export function letterStepRoutes(quoted: Figures) {
  return [
    on(letters.draft, async (ctx, { body }) => {
      const placeId = placeOf(ctx);
      await lockCount(ctx.db, 'letter drafts', ctx.actor.userId);
      assertRoomFor('letterDrafts', await countDrafts(ctx.db, placeId, ctx.actor.userId));
      const asked = body.replyTo === undefined ? undefined : await loadReceipt(ctx, body.replyTo);
      const { title, addressees, ...template } = templateOf(body.kind);
      const series = await findUsualSeries(ctx.db, placeId, body.kind);
      const progress = await quoted.progress(ctx, asked?.model.figures);
      const content: LetterContent = {
        ...template,
        ...(progress.figures.length === 0
          ? {}
          : { figures: progress.figures, body: [...template.body, ...progress.body] }),
        seriesId: series?.id ?? null,
        title:
          asked === undefined
            ? title
            : `关于《${plainTitle(asked.title)}》的${letterKindTitles[body.kind]}`.slice(0, 120),
        addressees: asked === undefined ? addressees : [asked.sender],
      };
      const letter = await newLetter(ctx, placeId, content, series);
      await insertLetter(ctx.db, {
        ...letter,
        replyTo: asked === undefined ? undefined : { placeId: asked.letterPlaceId, id: asked.letterId },
      });
      const back = asked === undefined ? [] : [{ unitId: asked.letterPlaceId, schoolId: null }];
      await writeRecipients(ctx.db, letter, back);
      const after = { title: letter.title, ...(asked === undefined ? {} : { replyTo: asked.number }) };
      await begin(ctx, letter, 'drafted', after);
      return { id: letter.id, state: 'draft' as const, revision: 1, number: null };
    }),

    on(letters.save, async (ctx, { params, body: { revision, recipients, ...content } }) => {
      const letter = await lockForEdit(ctx, params.letterId, revision);
      const series = await chosenSeries(ctx, letter.placeId, content.seriesId, content.kind, letter.seriesId);
      await assertReached(ctx, letter.placeId, recipients);
      const { figures: given, ...written } = content;
      const figures = await quoted.settle(ctx, { body: written.body, figures: given }, letter.model?.figures);
      const text: LetterContent = { ...written, ...(figures.length === 0 ? {} : { figures }) };
      const model = composeLetter(text, series, {
        unitName: await findUnitName(ctx.db, letter.placeId),
        jointSigner: jointSignerOf(letter),
        today: ctx.today,
      });
      const before = await recipientsOf(ctx, letter);
      const same = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);
      const headOf = ({ kind, seriesId, restricted }: Pick<LetterRow, 'kind' | 'seriesId' | 'restricted'>) => [
        ...[kind, seriesId, restricted],
      ];
      if (same(headOf(content), headOf(letter)) && same(recipients, before) && same(model, letter.model)) {
        throw problem('thing.nothingChanges', { what: '这份公文' });
      }
      const change: LetterChange = {
        ...{
          kind: content.kind,
          seriesId: content.seriesId,
          title: content.title,
          restricted: content.restricted,
          model,
        },
        alsoFoundBy: await alsoFoundBy(content.title),
      };
      const after = { title: content.title, recipients: recipients.length };
      const standing = await writeText(ctx, letter, change, { fields: ['title', 'recipients'], after });
      await writeRecipients(ctx.db, letter, recipients);
      return standingShape(standing);
    }),

    on(letters.takeFigures, async (ctx, { params, body: { revision, keys } }) => {
      const letter = await lockForEdit(ctx, params.letterId, revision);
      const { model } = letter;
      const asked = (model?.figures ?? []).filter(({ key }) => keys.includes(key));
      if (model === null || asked.length === 0) throw problem('thing.nothingChanges', { what: '这份公文' });
      const read = new Map((await quoted.read(ctx, asked)).map((figure) => [figure.key, figure]));
      const figures = model.figures!.map((figure) => read.get(figure.key) ?? figure);
      return standingShape(
        await writeText(
          ctx,
          letter,
          { model: { ...model, figures } },
          { fields: ['figures'], after: { figures: asked.length } },
        ),
      );
    }),

    on(letters.submit, async (ctx, { params, body }) =>
      standingShape(
        await step(
          ctx,
          params.letterId,
          body.revision,
          { action: 'submit' },
          { keepFigures: body.keepFigures, quoted },
        ),
      ),
    ),
    on(letters.check, async (ctx, { params, body }) =>
      standingShape(await step(ctx, params.letterId, body.revision, { action: 'check' })),
    ),
    on(letters.sign, async (ctx, { params, body }) =>
      standingShape(
        await step(ctx, params.letterId, body.revision, { action: 'sign' }, { keepFigures: body.keepFigures, quoted }),
      ),
    ),
    on(letters.cosign, async (ctx, { params, body }) =>
      standingShape(await step(ctx, params.letterId, body.revision, { action: 'cosign' })),
    ),
    on(letters.dropCosigner, async (ctx, { params, body: { revision, reason } }) =>
      standingShape(await step(ctx, params.letterId, revision, { action: 'dropCosigner', reason })),
    ),
    on(letters.issue, async (ctx, { params, body }) =>
      standingShape(
        await step(ctx, params.letterId, body.revision, { action: 'issue' }, { keepFigures: body.keepFigures, quoted }),
      ),
    ),
    on(letters.sendBack, async (ctx, { params, body: { revision, reason } }) =>
      standingShape(await step(ctx, params.letterId, revision, { action: 'return', reason })),
    ),
    on(letters.withdraw, async (ctx, { params, body: { revision, reason } }) =>
      standingShape(await step(ctx, params.letterId, revision, { action: 'withdraw', reason })),
    ),
    on(letters.cancel, async (ctx, { params, body: { revision, reason } }) =>
      standingShape(await step(ctx, params.letterId, revision, { action: 'cancel', reason })),
    ),

    on(letters.undo, async (ctx, { params, body: { action } }) => {
      const title = letterActionTitles[action];
      const { done } = await undoAll<LetterRow, LetterState, Ctx>(
        ctx,
        {
          async lock(_ctx, ids) {
            const found = await lockLetter(ctx.db, ctx, ids[0] ?? '');
            return found ? [found] : [];
          },
          nameOf: (row) => `公文“${row.title}”`,
          async write(_ctx, backs) {
            const [back] = backs;
            if (!back) return [];
            ctx.along(letterWrite(ctx.db, back.row, { state: back.to }, ctx.now));
            return [{ id: back.row.id, revision: back.row.revision + 1, state: back.to }];
          },
          record: (_ctx, { row, to }) =>
            recordOf(row, 'undone', {
              before: { state: letterStateTitles[row.state] },
              after: { state: letterStateTitles[to], undone: title },
            }),
        },
        [params.letterId],
        { action, title, notFound: letterWord },
      );
      return standingShape(done[0]!);
    }),

    on(letters.enterPaper, async (ctx, { body }) => {
      const placeId = placeOf(ctx);
      const series = await chosenSeries(ctx, placeId, body.seriesId, body.kind, null);
      if (series === undefined) throw problem('letter.seriesUnknown');
      if (body.issuedOn > ctx.today) throw problem('letter.paperAhead', { day: body.issuedOn, today: ctx.today });
      const letter = {
        ...{ placeId, id: newId(), seriesId: series.id, kind: body.kind, title: body.title },
        ...{ ordinal: body.number, issuedOn: body.issuedOn },
        ...{ draftedBy: ctx.actor.userId, draftedByName: signatureOf(ctx.actor), at: ctx.now },
        alsoFoundBy: await alsoFoundBy(body.title),
      };
      const entered = await writePaperLetter(ctx.db, letter);
      if (entered === undefined) {
        const year = Number(body.issuedOn.slice(0, 4));
        const number = letterNumberText({ code: series.code, year, ordinal: body.number });
        throw problem('letter.numberTaken', { number });
      }
      const { first, number } = entered;
      if (number === null) throw problem('letter.notOnPaper', { first });
      await ctx.record(
        recordOf(letter, 'enteredPaper', { after: { title: body.title, number, issuedOn: body.issuedOn } }),
      );
      return { id: letter.id, state: 'issued' as const, revision: 1, number };
    }),
  ];
}

/** The unit in whose name this person writes letters. */
function placeOf({ actor }: Pick<Ctx, 'actor'>): number {
  if (actor.unitId === null || (actor.level !== 'city' && actor.level !== 'county')) throw problem('access.denied');
  return actor.unitId;
}

const plainTitle = (title: string) => title.replaceAll('\n', '');

async function newLetter(
  ctx: Ctx,
  placeId: number,
  content: LetterContent,
  series: SeriesRow | undefined,
): Promise<NewLetter> {
  const model = composeLetter(content, series, { unitName: await findUnitName(ctx.db, placeId), today: ctx.today });
  return {
    ...{ placeId, id: newId(), seriesId: series?.id ?? null, kind: content.kind, title: content.title, model },
    ...{
      restricted: content.restricted,
      draftedBy: ctx.actor.userId,
      draftedByName: signatureOf(ctx.actor),
      writtenBy: ownHands(ctx.actor),
      at: ctx.now,
    },
    alsoFoundBy: await alsoFoundBy(content.title),
  };
}

/** The first step of a letter, and its audit row. */
async function begin(ctx: Ctx, letter: NewLetter, action: string, after: Record<string, unknown>): Promise<void> {
  const subject = { type: 'letter', id: letter.id, placeId: letter.placeId, schoolId: null };
  await writeSteps(ctx.db, [{ subject, from: 'draft', to: 'draft' }], { action, actor: ctx.actor, at: ctx.now });
  await ctx.record(recordOf(letter, action, { after }));
}

/** The letter, locked for a change of its text: only for a person who may change it now, at the revision that was read. */
async function lockForEdit(ctx: Ctx, id: string, revision: number): Promise<LetterRow> {
  await loadLetterFor(ctx, id, 'edit');
  const letter = await lockLetter(ctx.db, ctx, id);
  if (!letter) throw problem('thing.notFound', { what: letterWord });
  if (letter.revision !== revision) throw await overtaken(letter, ctx);
  return letter;
}

/** Writes a changed text by the hand of this person; one that somebody judged goes back to the draft and is judged anew. */
async function writeText(
  ctx: Ctx,
  letter: LetterRow,
  set: LetterChange,
  told: { readonly fields: string[]; readonly after: Record<string, unknown> },
): Promise<LetterRow> {
  const change = { ...set, writtenBy: [...new Set([...letter.writtenBy, ...ownHands(ctx.actor)])] };
  if (letter.state !== 'draft') {
    return step(ctx, letter.id, letter.revision, { action: 'edit' }, { set: change, after: told.after });
  }
  ctx.along(letterWrite(ctx.db, letter, change, ctx.now));
  await leaveEdit(ctx, letter);
  await ctx.record(recordOf(letter, 'edited', told));
  return { ...letter, ...change, revision: letter.revision + 1 };
}

/** Says in the course of the letter whose hand is in its text: one step for all that the same hand writes in a row. */
async function leaveEdit(ctx: Ctx, letter: LetterRow): Promise<void> {
  const last = (await listSteps(ctx.db, letter)).at(-1);
  const isOwn = last?.signed.personId === ctx.actor.userId && (last.action === 'edit' || last.action === 'drafted');
  if (isOwn) return;
  const step = { subject: letter, from: letter.state, to: letter.state };
  for (const statement of stepWrites(ctx.db, [step], { action: 'edit', actor: ctx.actor, at: ctx.now })) {
    ctx.along(statement);
  }
}

/** The series of the place that letters of this kind may take; one that is out of use may stay where it stands. */
async function chosenSeries(
  ctx: Ctx,
  placeId: number,
  id: z.output<typeof letters.letterContent>['seriesId'],
  kind: LetterKind,
  used: string | null,
): Promise<SeriesRow | undefined> {
  if (id === null) return undefined;
  const series = await findSeries(ctx.db, placeId, id);
  const fits = series !== undefined && (series.active || used === id) && (series.kind === null || series.kind === kind);
  if (!fits) throw problem('letter.seriesUnknown');
  return series;
}

async function assertReached(ctx: Ctx, placeId: number, recipients: readonly RecipientRef[]): Promise<void> {
  const reached = await countAddressees(ctx.db, ctx.scope, placeId, recipients);
  if (reached !== recipients.length) throw problem('letter.recipientUnknown');
}
