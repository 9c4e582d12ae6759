import { randomInt } from 'node:crypto';
import { doing, type FeatureJob, scheduled } from '#core/access/feature.ts';
import { findAskedAddress, writeAskedFault, writeMailCode } from '#core/notices/mail-address.store.ts';
import { listAllowedAddresses } from '#core/notices/outgoing.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import { deliverDue, planNotices, type Titles } from './deliver.act.ts';
import { codeText } from './mail.words.ts';
import { sendMailCode } from './notices.jobs.ts';

/** Every minute: who gets the new notices by mail is decided, and what is due is sent. */
export function deliverNotices(titles: Titles): FeatureJob {
  return scheduled({
    name: 'notices.deliver',
    title: '寄出消息的邮件',
    retries: 0,
    schedule: '* * * * *',
    async run(services) {
      await planNotices(services);
      await deliverDue(services, titles());
    },
  });
}

export const confirmMail = doing(sendMailCode, async (services, { personId }) => {
  const channel = services.mail;
  if (channel === null) return;
  const { asked, allowed } = await withReading(services.pool, nowhere, async (db) => ({
    asked: await findAskedAddress(db, personId),
    allowed: await listAllowedAddresses(db),
  }));
  if (asked === undefined) return;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await withWriting(services.pool, nowhere, (db) => writeMailCode(db, personId, asked.address, code, services.now()));
  const outcome = await channel.send(
    { messageId: `<${newId()}@${channel.domain}>`, ...asked, ...codeText(code, channel.origin) },
    allowed,
  );
  // A code that may have arrived counts. Whoever waits for one that did not leave is told so.
  if (outcome.state === 'sent' || outcome.state === 'uncertain') return;
  await withWriting(services.pool, nowhere, (db) => writeAskedFault(db, personId, asked.address, outcome.sentence));
});
