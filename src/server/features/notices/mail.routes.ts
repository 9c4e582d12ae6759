import { isDeepStrictEqual } from 'node:util';
import * as mail from '#contract/notices/mail.ts';
import { type Context, type Served, serving } from '#core/access/serve.ts';
import {
  betweenMailCodes,
  deleteMailAddress,
  getMailState,
  type MailHandle,
  type MailState,
  mostMailCodes,
  writeAskedAddress,
  writeMailCodeTry,
  writeMailWishes,
} from '#core/notices/mail-address.store.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import type { Titles } from './deliver.act.ts';
import { sendMailCode } from './notices.jobs.ts';

type Ctx = Context<MailHandle>;
const on = serving<MailHandle>();

/** The word under which each kind of notice stands where people choose. */
type Groups = () => Promise<ReadonlyMap<string, string>>;

/** The own address of a person, and what the person wants by mail. */
export function mailRoutes(titles: Titles, groups: Groups): Served[] {
  return [
    on(mail.mail, async (ctx) => stateOf(ctx, titles(), await groups())),

    on(mail.askAddress, async (ctx, { body }) => {
      if (ctx.mail === null) throw problem('mail.unavailable');
      const times = { now: ctx.now, today: dayInChina(ctx.now) };
      if (!(await writeAskedAddress(ctx.db, ctx.actor.userId, body.address, times))) {
        throw problem('mail.tooSoon', { seconds: betweenMailCodes, most: mostMailCodes });
      }
      await record(ctx, 'notice.addressAsked');
      await ctx.enqueue(sendMailCode, { places: [], personId: ctx.actor.userId });
      return stateOf(ctx, titles(), await groups());
    }),

    on(mail.confirmAddress, async (ctx, { body }) => {
      const tried = await writeMailCodeTry(ctx.db, ctx.actor.userId, body.code, ctx.now);
      if (tried === 'over') throw problem('mail.codeOver');
      // A wrong code is answered and not refused: a refusal would take back that it was counted.
      await record(ctx, tried === 'right' ? 'notice.addressConfirmed' : 'notice.codeRefused');
      return { right: tried === 'right', state: await stateOf(ctx, titles(), await groups()) };
    }),

    on(mail.removeAddress, async (ctx) => {
      if (await deleteMailAddress(ctx.db, ctx.actor.userId)) await record(ctx, 'notice.addressRemoved');
      return stateOf(ctx, titles(), await groups());
    }),

    on(mail.chooseMail, async (ctx, { body }) => {
      const known = titles();
      const refused = [...new Set(body.refused)].filter((kind) => kind in known).sort();
      const { quiet, digestAt } = body;
      const wishes = { quietFrom: quiet?.from ?? null, quietUntil: quiet?.until ?? null, digestAt, refused };
      const before = await getMailState(ctx.db, ctx.actor.userId);
      if (isDeepStrictEqual(wishesOf(before), wishes)) throw problem('thing.nothingChanges', { what: '邮件提醒' });
      await writeMailWishes(ctx.db, ctx.actor.userId, wishes);
      await record(ctx, 'notice.mailChosen', {
        quietHours: quiet !== null,
        daily: digestAt !== null,
        refusedKinds: refused.map((kind) => known[kind]),
      });
      return stateOf(ctx, known, await groups());
    }),
  ];
}

const wishesOf = ({ quietFrom, quietUntil, digestAt, refused }: MailState) => ({
  ...{ quietFrom, quietUntil, digestAt },
  refused: [...refused],
});

/** The audit names the act and never the address. */
function record(ctx: Ctx, action: string, after: Record<string, unknown> | null = null) {
  return ctx.record({ action, objectType: 'person', objectId: ctx.actor.userId, after });
}

async function stateOf(ctx: Ctx, titles: Readonly<Record<string, string>>, groups: ReadonlyMap<string, string>) {
  const state = await getMailState(ctx.db, ctx.actor.userId);
  const { askedAddress, askedFault, codeUntil, quietFrom, quietUntil } = state;
  return {
    available: ctx.mail !== null,
    address: state.address,
    confirmedAt: state.confirmedAt?.toISOString() ?? null,
    asked: askedAddress === null ? null : { address: askedAddress, sent: codeUntil !== null, fault: askedFault },
    quiet: quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
    digestAt: state.digestAt,
    kinds: Object.entries(titles).map(([kind, title]) => ({
      ...{ kind, title, group: groups.get(kind) ?? '其他' },
      wanted: !state.refused.includes(kind),
    })),
  };
}
