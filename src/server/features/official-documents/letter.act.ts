import type { z } from 'zod';
import type { letterStanding } from '#contract/official-documents/letters.shape.ts';
import type { Context } from '#core/access/serve.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { advance, type StepRequest, type Workflow } from '#core/workflow/advance.act.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import {
  type LetterAction,
  type LetterStepAction,
  type LetterSubject,
  letterActionTitles,
  letterSigning,
  nextLetterState,
  writerRefusal,
} from '#domain/letter/flow.ts';
import { lackingOf } from '#domain/letter/lacking.ts';
import { letterNumberText } from '#domain/letter/number-text.ts';
import { type LetterState, letterStateTitles } from '#domain/letter/state.ts';
import { numberedLetter } from './draft.act.ts';
import type { Figures } from './figure/figure.act.ts';
import { listRecipients } from './letter.detail.store.ts';
import {
  type DeliveredReceipt,
  findLetter,
  type LetterChange,
  type LetterHandle,
  type LetterRow,
  letterWrite,
  lockLetter,
  recordOf,
  writeDelivered,
  writeTakenBack,
  writeWithdrawn,
} from './letter.store.ts';
import { printLetter } from './official-document.jobs.ts';
import { findSeries, writeNextNumber } from './series/series.store.ts';

export type LetterContext = Context<LetterHandle>;

/** How a refusal names a letter that does not exist. */
export const letterWord = '份公文';

/** What the flow asks of a letter. */
export function subjectOf({ state, placeId, seriesId, onPaper }: LetterRow): LetterSubject {
  return { state, placeId, hasSeries: seriesId !== null, onPaper };
}

/** The letter, or a refusal that reveals nothing outside what the person may read. */
export async function loadLetter(ctx: Pick<LetterContext, 'db' | 'actor' | 'scope'>, id: string): Promise<LetterRow> {
  const letter = await findLetter(ctx.db, ctx, id);
  if (!letter) throw problem('thing.notFound', { what: letterWord });
  return letter;
}

/** The letter for an act that leaves it as it is: only for a person who may do it now. */
export async function loadLetterFor(ctx: LetterContext, id: string, action: LetterAction): Promise<LetterRow> {
  const letter = await loadLetter(ctx, id);
  const next = nextLetterState(action, subjectOf(letter), ctx.actor);
  ctx.authorize(next.ok, next.ok ? undefined : next.problem);
  return letter;
}

export function overtaken({ title, state }: Pick<LetterRow, 'title' | 'state'>): Problem {
  return problem('letter.changed', { title, state: letterStateTitles[state] });
}

/** The names of the acts in the audit. */
const events: Readonly<Record<LetterStepAction, string>> = {
  edit: 'edited',
  submit: 'submitted',
  check: 'checked',
  sign: 'signed',
  issue: 'issued',
  return: 'returned',
  withdraw: 'withdrawn',
  cancel: 'cancelled',
};

/** What an act brings beside its name and reason. */
export interface Brought {
  readonly set?: LetterChange;
  /** More of the act for the audit. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The person knows that figures have changed since they were read, and keeps them. */
  readonly keepFigures?: boolean | undefined;
  /** Where an act carries the text on: the figures that the features give. */
  readonly quoted?: Figures;
}

/** How a letter moves by one act. */
export function workflowOf(
  action: LetterStepAction,
  brought: Brought = {},
): Workflow<LetterRow, LetterState, LetterStepAction, LetterContext> {
  let frozen: LetterChange = {};
  return {
    what: letterWord,
    async lock(ctx, ids) {
      const found = await lockLetter(ctx.db, ctx, ids[0] ?? '');
      return found ? [found] : [];
    },
    ask(ctx, row, asked) {
      const next = nextLetterState(asked, subjectOf(row), ctx.actor);
      const refusal = next.ok ? writerRefusal(asked, row, ctx.actor) : null;
      return refusal === null ? next : { ok: false, problem: refusal };
    },
    signing: letterSigning(action),
    overtaken,
    apply(ctx, _row, { reason }, to) {
      const closed = to === 'withdrawn' || to === 'cancelled';
      return {
        ...(brought.set as Partial<LetterRow> | undefined),
        ...(to === 'signed' ? { signedOn: ctx.today } : {}),
        ...(closed ? { reason: reason ?? null } : {}),
        ...(to === 'withdrawn' ? { withdrawnOn: ctx.today } : {}),
      };
    },
    async write(ctx, moves) {
      const [move] = moves;
      if (!move) return [];
      if (action === 'submit') assertWhole(move.row);
      if (carriesFigures(action) && brought.keepFigures !== true)
        await assertFresh(ctx, brought.quoted, move.row, action);
      if (action === 'issue') frozen = await numbered(ctx, move.row);
      if (action === 'withdraw') {
        const taken = { on: ctx.today, reason: move.set.reason ?? '', at: ctx.now };
        return [{ ...(await writeWithdrawn(ctx.db, move.row, taken)), reason: taken.reason, withdrawnOn: taken.on }];
      }
      const change: LetterChange = { ...(move.set as LetterChange), ...frozen, state: move.to };
      ctx.along(letterWrite(ctx.db, move.row, change, ctx.now));
      return [{ ...(change as Partial<LetterRow>), id: move.row.id, revision: move.row.revision + 1 }];
    },
    keep: () => ({}),
    record: (_ctx, { row, to }, { reason }) =>
      recordOf(row, events[action], {
        before: { state: letterStateTitles[row.state] },
        after: {
          ...{ title: row.title, state: letterStateTitles[to], ...brought.after },
          ...(frozen.number
            ? { number: frozen.number, signedOn: row.signedOn, issuedOn: frozen.issuedOn, modelDigest: frozen.digest }
            : {}),
          ...(reason === undefined ? {} : { reason }),
        },
      }),
    async follow(ctx, [move]) {
      if (!move) return;
      if (action === 'issue') await deliver(ctx, { ...move.row, ...(frozen as Partial<LetterRow>) });
      if (action === 'withdraw' && !move.row.onPaper) await takeBack(ctx, move.row, move.set.reason ?? null);
    },
  };
}

/** The acts by which the text goes on to somebody else with its figures. */
const carriesFigures = (action: LetterStepAction) => action === 'submit' || action === 'sign' || action === 'issue';

/** Data never change silently: neither is an old value sent unseen, nor a new one taken unasked. */
async function assertFresh(
  ctx: LetterContext,
  quoted: Figures | undefined,
  row: LetterRow,
  action: LetterStepAction,
): Promise<void> {
  const changes = await quoted?.changes(ctx, row);
  if (changes === undefined || changes.size === 0) return;
  const labels = new Map((row.model?.figures ?? []).map(({ key, label }) => [key, label]));
  const said = [...changes].map(([key, { was, now }]) => `${labels.get(key)} ${was} → ${now ?? '现在没有'}`);
  throw problem('letter.figuresChanged', { action: letterActionTitles[action], changes: said });
}

function assertWhole({ kind, model }: LetterRow): void {
  const lacking = model === null ? [] : lackingOf(kind, model);
  if (lacking.length > 0) throw problem('letter.lacking', { lacking });
}

/** One act on one letter. */
export function step(
  ctx: LetterContext,
  id: string,
  revision: number,
  request: StepRequest<LetterStepAction>,
  brought?: Brought,
): Promise<LetterRow> {
  return advance(ctx, workflowOf(request.action, brought), id, revision, request);
}

/** Takes the number and freezes the letter. Its row is locked already; the counter is locked after it, everywhere. */
async function numbered(ctx: LetterContext, row: LetterRow): Promise<LetterChange> {
  const day = ctx.today;
  const series = row.seriesId === null ? undefined : await findSeries(ctx.db, row.placeId, row.seriesId);
  if (series === undefined || row.model === null) throw problem('letter.noSeries');
  const closed = (await listRecipients(ctx.db, row)).filter(({ isOpen }) => !isOpen).map(({ name }) => name);
  if (closed.length > 0) throw problem('letter.recipientClosed', { names: closed });
  const taken = await writeNextNumber(ctx.db, series, day);
  if (taken.ordinal === null) {
    const { code } = series;
    const { last, lastIssuedOn } = taken;
    if (lastIssuedOn === null || lastIssuedOn <= day) throw problem('letter.numbersEnd', { code, last });
    throw problem('letter.dayBack', { code, day: lastIssuedOn, today: day });
  }
  const model = numberedLetter(row.model, taken.ordinal, { date: row.signedOn!, printedOn: day });
  const number = letterNumberText(model.number);
  return { model, digest: digestOf(model), number, year: model.number.year, ordinal: taken.ordinal, issuedOn: day };
}

async function deliver(ctx: LetterContext, letter: LetterRow): Promise<void> {
  const receipts = await writeDelivered(ctx.db, letter);
  await tell(ctx, letter, 'letter.issued', receipts, null);
  const places = [...new Set([letter.placeId, ...receipts.map(({ placeId }) => placeId)])];
  await ctx.enqueue(printLetter, { placeId: letter.placeId, letterId: letter.id, places });
}

async function takeBack(ctx: LetterContext, letter: LetterRow, reason: string | null): Promise<void> {
  await tell(ctx, letter, 'letter.withdrawn', await writeTakenBack(ctx.db, letter), reason);
}

/** Tells the addressees, each at its place. The subject is the letter itself: its writer does not reach every receipt. */
async function tell(
  ctx: LetterContext,
  letter: LetterRow,
  kind: string,
  receipts: readonly DeliveredReceipt[],
  note: string | null,
): Promise<void> {
  await writeNoticesTo(ctx.db, {
    kind,
    notices: receipts.map(({ placeId, schoolId }) => ({
      subject: letter,
      to: schoolId === null ? { audience: 'place', placeId } : { audience: 'school', placeId, schoolId },
      about: `${letter.number ?? ''} ${letter.title}`,
    })),
    ...{ actor: ctx.actor, now: ctx.now, note },
  });
}

/** Where a letter stands after an act. */
export function standingShape({
  id,
  state,
  revision,
  number,
}: Pick<LetterRow, 'id' | 'state' | 'revision' | 'number'>): z.output<typeof letterStanding> {
  return { id, state, revision, number };
}

/** The addressees that are stored, in the form in which they are sent. */
export async function recipientsOf(ctx: LetterContext, letter: LetterRow) {
  return (await listRecipients(ctx.db, letter)).map(({ unitId, schoolId }) => ({ unitId, schoolId }));
}
