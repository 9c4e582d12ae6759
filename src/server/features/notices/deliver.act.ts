import type { Services } from '#core/access/serve.ts';
import {
  claimDeliveries,
  type DueDelivery,
  findDueDelivery,
  listRecipients,
  listUnplanned,
  writeAbandoned,
  writeOutcome,
  writePlanned,
  writePostponed,
} from '#core/notices/deliveries.store.ts';
import { listMailReaders, type MailReader } from '#core/notices/mail-address.store.ts';
import { listAllowedAddresses } from '#core/notices/outgoing.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { dueMoment, minutesToNextTry, momentOfTry } from '#domain/notice/delivery.ts';
import { withWriting } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { SendOutcome } from '#platform/outgoing/channel.ts';
import { noticeText } from './mail.words.ts';

/** The kinds of notices in words. */
export type Titles = () => Readonly<Record<string, string>>;

type Needs = Pick<Services, 'pool' | 'mail' | 'now'>;

const planAtOnce = 500;
/** What is older leaves no more: somebody who connects a mail server today does not write about last month. */
const oldestDays = 3;
/** A server that has not said by then what became of a mail is taken to have ended. Longer than any try takes. */
const claimSeconds = 300;
/** An uncertain mail is sent once more after this while, in which a mail server may come back. */
const repeatMinutes = 5;
/** A run ends after this many milliseconds, so that the next begins with what came meanwhile. */
const longestRun = 45_000;

/** Decides of each new notice who gets it by mail, and when. */
export async function planNotices({ pool, mail, now }: Needs): Promise<void> {
  for (;;) {
    const planned = await withWriting(pool, nowhere, async (db) => {
      const notices = await listUnplanned(db, planAtOnce);
      if (notices.length === 0) return 0;
      const since = now().getTime() - oldestDays * 86_400_000;
      const fresh = mail === null ? [] : notices.filter(({ sentAt }) => sentAt.getTime() > since);
      const recipients = await listRecipients(db, fresh, now());
      const deliveries = recipients.map(({ place, notice, kind, person, school, ...wishes }) => {
        const id = newId();
        const due = dueMoment(now(), wishes).toISOString();
        return { place, id, notice, kind, person, school, message: `<${id}@${mail?.domain}>`, due };
      });
      await writePlanned(db, notices, deliveries, now());
      return notices.length;
    });
    if (planned < planAtOnce) return;
  }
}

/**
 * Sends what is due, one mail after the other. A delivery is taken in a transaction of its own before anything leaves, and what
 * became of it is written in another. A server that ends between the two leaves it taken; it is then uncertain, and sent once
 * more.
 */
export async function deliverDue(services: Needs, titles: Readonly<Record<string, string>>): Promise<void> {
  const { mail, now } = services;
  if (mail === null) return;
  const gone = '发送时服务器中断，邮件是否寄出不确定。';
  await withWriting(services.pool, nowhere, (db) => writeAbandoned(db, gone, now()));
  const end = Date.now() + longestRun;
  while (Date.now() < end) {
    const taken = await withWriting(services.pool, nowhere, async (db) => {
      const due = await findDueDelivery(db, now());
      if (due === undefined) return undefined;
      const reader = (await listMailReaders(db, [due.person])).get(due.person);
      // A first try was planned by the wishes; another one may have come due at any hour, as where a server ended under it.
      const later = due.tries === 0 || reader === undefined ? now() : momentOfTry(now(), reader);
      if (later > now()) {
        await writePostponed(db, due, later);
        return { due, notices: [], reader, allowed: [] };
      }
      const notices = await claimDeliveries(db, due, now(), claimSeconds);
      return { due, notices, reader, allowed: await listAllowedAddresses(db) };
    });
    if (taken === undefined) return;
    const { due, notices, reader, allowed } = taken;
    if (notices.length === 0) continue;
    const outcome: SendOutcome =
      reader?.address == null
        ? { state: 'failed', sentence: '此人已没有登记的邮箱。' }
        : await mail.send(
            {
              ...{ messageId: due.message, address: reader.address, name: reader.name },
              ...noticeText(
                notices.map(({ kind }) => titles[kind] ?? '新消息'),
                mail.origin,
              ),
            },
            allowed,
          );
    const repeated = notices.some((notice) => notice.repeated);
    await settle(services, { ...due, repeated, reader }, outcome);
  }
}

type Tried = DueDelivery & { readonly repeated: boolean; readonly reader: MailReader | undefined };

async function settle(services: Needs, { repeated, reader, ...due }: Tried, outcome: SendOutcome): Promise<void> {
  const now = services.now();
  const minutes = minutesTo(outcome, due);
  const wanted = minutes === null ? null : new Date(now.getTime() + minutes * 60_000);
  const next = wanted === null || reader === undefined ? wanted : momentOfTry(wanted, reader);
  // What failed for the last time after a copy that may have arrived is not known to be missing.
  const last = repeated ? 'uncertain' : 'failed';
  const state = outcome.state === 'later' && minutes === null ? last : outcome.state;
  const sentence = 'sentence' in outcome ? outcome.sentence : null;
  await withWriting(services.pool, nowhere, (db) => writeOutcome(db, due, { state, sentence }, next, now));
}

function minutesTo({ state }: SendOutcome, { tries }: DueDelivery): number | null {
  if (state === 'later') return minutesToNextTry(tries + 1);
  return state === 'uncertain' ? repeatMinutes : null;
}
