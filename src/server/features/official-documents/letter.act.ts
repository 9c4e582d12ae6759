import type { z } from 'zod';
import type { keptFigure, letterStanding } from '#contract/official-documents/letters.shape.ts';
import type { Context } from '#core/access/serve.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import { listAttachments } from '#core/evidence/attachments.store.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { advance, type StepRequest, type Workflow } from '#core/workflow/advance.act.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import {
  type Cosigner,
  type LetterAction,
  type LetterStepAction,
  type LetterSubject,
  letterActionTitles,
  letterSigning,
  nextLetterState,
  type SeriesHelpers,
  writerRefusal,
} from '#domain/letter/flow.ts';
import { lackingOf } from '#domain/letter/lacking.ts';
import { type LetterState, letterStateTitles } from '#domain/letter/state.ts';
import type { Figures } from './figure/figure.act.ts';
import { listRecipients } from './letter.detail.store.ts';
import {
  type DeliveredReceipt,
  findLetter,
  type IssuedLetter,
  type LetterChange,
  type LetterHandle,
  type LetterRow,
  letterWrite,
  lockLetter,
  recordOf,
  writeDelivered,
  writeIssued,
  writeTakenBack,
  writeWithdrawn,
} from './letter.store.ts';
import { printLetter } from './official-document.jobs.ts';
import { findSeries, listManagingRoles } from './series/series.store.ts';

export type LetterContext = Context<LetterHandle>;

/** How a refusal names a letter that does not exist. */
export const letterWord = '份公文';

/** What the flow asks of a letter. */
export function subjectOf(letter: LetterRow, helpers?: SeriesHelpers): LetterSubject {
  const { state, placeId, seriesId, onPaper } = letter;
  return { state, placeId, hasSeries: seriesId !== null, helpers, onPaper, cosigner: cosignerOf(letter) };
}

function cosignerOf({ cosignerUnitId, cosignerName, cosignedAt, cosignerDropped }: LetterRow): Cosigner | null {
  if (cosignerUnitId === null) return null;
  const standing = cosignerDropped !== null ? 'dropped' : cosignedAt === null ? 'waiting' : 'signed';
  return { unitId: cosignerUnitId, unitName: cosignerName ?? '', standing };
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

/** The refusal of an act on a letter that was changed since it was read: says who did it. */
export async function overtaken({ id, placeId, title, state }: LetterRow, ctx: LetterContext): Promise<Problem> {
  const last = await lastChange(ctx, placeId, { ...letterRevised, ids: [id] });
  return problem('letter.changed', { title, state: letterStateTitles[state], last });
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
  cosign: 'cosigned',
  dropCosigner: 'cosignerDropped',
};

/** What changes the row of a letter. */
export const letterRevised: Revised = {
  ...{ table: 'letters', type: 'letter' },
  acts: ['drafted', 'wanted', ...Object.values(events), 'undone'].map((done) => `letter.${done}`),
};

/** A changed figure and its value of now, as the page showed it; null: there was none any more. */
type SeenFigure = z.output<typeof keptFigure>;

/** A figure whose old value goes on although there is a newer one, as the audit keeps it. */
interface KeptFigure {
  readonly keptFigure: string;
  readonly keptValue: string;
  readonly newerValue: string | null;
}

/** What an act brings beside its name and reason. */
export interface Brought {
  readonly set?: LetterChange;
  /** More of the act for the audit. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The figures that have changed since they were read, as the person saw them, who keeps the old values. */
  readonly keepFigures?: readonly SeenFigure[] | undefined;
  /** Where an act carries the text on: the figures that the features give. */
  readonly quoted?: Figures;
}

/** The text without the signature of a unit that is out of it. */
function signedAlone(model: LetterRow['model']): LetterRow['model'] {
  if (model === null) return null;
  const { jointSigner: _, ...alone } = model;
  return alone;
}

/** How a letter moves by one act. */
export function workflowOf(
  action: LetterStepAction,
  brought: Brought = {},
): Workflow<LetterRow, LetterState, LetterStepAction, LetterContext> {
  let issued: IssuedLetter | undefined;
  let kept: readonly KeptFigure[] = [];
  let helpers: SeriesHelpers | undefined;
  return {
    what: letterWord,
    async lock(ctx, ids) {
      const found = await lockLetter(ctx.db, ctx, ids[0] ?? '');
      if (!found) return [];
      if (action === 'submit' && found.seriesId === null) helpers = await seriesHelpers(ctx);
      return [found];
    },
    ask(ctx, row, asked) {
      const next = nextLetterState(asked, subjectOf(row, helpers), ctx.actor);
      const refusal = next.ok ? writerRefusal(asked, row, ctx.actor) : null;
      return refusal === null ? next : { ok: false, problem: refusal };
    },
    signing: letterSigning(action),
    overtaken,
    apply(ctx, row, { reason }, to) {
      const closed = to === 'withdrawn' || to === 'cancelled';
      return {
        ...(brought.set as Partial<LetterRow> | undefined),
        ...(action === 'sign' ? { signedOn: ctx.today } : {}),
        ...(action === 'cosign' ? { cosignedByName: signatureOf(ctx.actor), cosignedAt: ctx.now } : {}),
        ...(action === 'dropCosigner' ? { cosignerDropped: reason ?? null, model: signedAlone(row.model) } : {}),
        // The partner has signed this text and no other.
        ...(to === 'draft' && row.cosignedAt !== null ? { cosignedByName: null, cosignedAt: null } : {}),
        ...(closed ? { reason: reason ?? null } : {}),
        ...(to === 'withdrawn' ? { withdrawnOn: ctx.today } : {}),
      };
    },
    async write(ctx, moves) {
      const [move] = moves;
      if (!move) return [];
      if (carriesText(action)) {
        assertWhole(move.row);
        await assertSeriesOpen(ctx, move.row);
        if (action === 'submit') await assertOpenToAddressees(ctx, move.row);
        kept = await keptFigures(ctx, brought, move.row, action);
      }
      if (action === 'issue') {
        issued = await numbered(ctx, move.row);
        return [{ ...issued, id: move.row.id, state: move.to, issuedOn: ctx.today }];
      }
      if (action === 'withdraw') {
        const taken = { on: ctx.today, reason: move.set.reason ?? '', at: ctx.now };
        return [{ ...(await writeWithdrawn(ctx.db, move.row, taken)), reason: taken.reason, withdrawnOn: taken.on }];
      }
      const change: LetterChange = { ...(move.set as LetterChange), state: move.to };
      ctx.along(letterWrite(ctx.db, move.row, change, ctx.now));
      return [{ ...(change as Partial<LetterRow>), id: move.row.id, revision: move.row.revision + 1 }];
    },
    keep: () => ({}),
    record: (ctx, { row, to }, { reason }) =>
      recordOf(row, events[action], {
        before: { state: letterStateTitles[row.state] },
        after: {
          ...{ title: row.title, state: letterStateTitles[to], ...brought.after },
          ...(issued
            ? { number: issued.number, signedOn: row.signedOn, issuedOn: ctx.today, modelDigest: issued.digest }
            : {}),
          ...(kept.length === 0 ? {} : { keptFigures: kept }),
          ...(reason === undefined ? {} : { reason }),
        },
      }),
    async follow(ctx, [move]) {
      if (!move) return;
      if (issued) await deliver(ctx, { ...move.row, number: issued.number });
      if (action === 'withdraw' && !move.row.onPaper) await takeBack(ctx, move.row, move.set.reason ?? null);
    },
  };
}

/** The acts by which the text goes on to somebody else, whole and with its figures. */
const carriesText = (action: LetterStepAction) => action === 'submit' || action === 'sign' || action === 'issue';

/**
 * Data never change silently: neither is an old value sent unseen, nor a new one taken unasked. Whoever keeps old values names
 * each changed figure with the value that was seen: what changed again after that is refused.
 */
async function keptFigures(
  ctx: LetterContext,
  { quoted, keepFigures }: Brought,
  row: LetterRow,
  action: LetterStepAction,
): Promise<KeptFigure[]> {
  const changes = await quoted?.changes(ctx, row);
  if (changes === undefined || changes.size === 0) return [];
  const labels = new Map((row.model?.figures ?? []).map(({ key, label }) => [key, label]));
  const nothing = '现在没有';
  const title = letterActionTitles[action];
  if (keepFigures === undefined) {
    const said = [...changes].map(([key, { was, now }]) => `${labels.get(key)} ${was} → ${now ?? nothing}`);
    throw problem('letter.figuresChanged', { action: title, changes: said });
  }
  const seen = new Map(keepFigures.map(({ key, now }) => [key, now]));
  const unseen = [...changes].filter(([key, { now }]) => seen.get(key) !== now);
  if (unseen.length > 0) {
    const said = unseen.map(([key, { was, now }]) => {
      const before = seen.has(key) ? `您所见 ${seen.get(key) ?? nothing}` : `文中 ${was}`;
      return `${labels.get(key)} ${before}，现为 ${now ?? '没有数据'}`;
    });
    throw problem('letter.figuresChangedSince', { action: title, changes: said });
  }
  return [...changes].map(([key, { was, now }]) => ({
    ...{ keptFigure: labels.get(key) ?? '', keptValue: was, newerValue: now },
  }));
}

/** Who opens a 机关代字 for this person, without which there is no number. */
async function seriesHelpers({ db, actor }: LetterContext): Promise<SeriesHelpers> {
  return { managedBy: await listManagingRoles(db, actor.level), own: holds(actor, 'letter.manage') };
}

function assertWhole({ kind, model }: LetterRow): void {
  const lacking = model === null ? [] : lackingOf(kind, model);
  if (lacking.length > 0) throw problem('letter.lacking', { lacking });
}

/** A series that is out of use gives no number any more, also where a letter stands in it. */
async function assertSeriesOpen(ctx: LetterContext, { placeId, seriesId }: LetterRow): Promise<void> {
  const series = seriesId === null ? undefined : await findSeries(ctx.db, placeId, seriesId);
  if (series?.active === false) throw problem('letter.seriesClosed', { code: series.code });
}

/** Files go along to every addressee, where nobody opens what is open to few: the sender is told before it is sent. */
async function assertOpenToAddressees(ctx: LetterContext, { placeId, id }: LetterRow): Promise<void> {
  const hanging = await listAttachments(ctx.db, { type: 'letter', id, placeId, schoolId: null });
  const closed = hanging.filter(({ openers }) => openers === 'judges').map(({ name }) => name);
  if (closed.length === 0 || (await listRecipients(ctx.db, { placeId, id })).length === 0) return;
  throw problem('letter.filesClosed', { names: closed });
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
async function numbered(ctx: LetterContext, row: LetterRow): Promise<IssuedLetter> {
  const today = ctx.today;
  if (row.seriesId === null || row.model === null) throw problem('letter.noSeries', await seriesHelpers(ctx));
  const closed = (await listRecipients(ctx.db, row)).filter(({ isOpen }) => !isOpen).map(({ name }) => name);
  if (closed.length > 0) throw problem('letter.recipientClosed', { names: closed });
  const issued = await writeIssued(ctx.db, row, { on: today, at: ctx.now });
  if (issued.number !== null) return issued;
  const { code, last, lastDay } = issued;
  if (lastDay === null || lastDay <= today) throw problem('letter.numbersEnd', { code, last });
  throw problem('letter.dayBack', { code, day: lastDay, today });
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
