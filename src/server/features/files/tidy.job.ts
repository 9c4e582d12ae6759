import { type FeatureJob, scheduled } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { listPlaces } from '#core/directory/places.store.ts';
import { type AttachmentHandle, listEnding, writeRemoved } from '#core/evidence/attachments.store.ts';
import { settleTrash } from '#core/evidence/trash.act.ts';
import {
  deleteContent,
  deleteExpiredUploads,
  findKnownContents,
  findKnownUploads,
  isContentKnown,
  listTidyContents,
  listUnscanned,
  type UploadHandle,
  writeScan,
} from '#core/evidence/uploads.store.ts';
import { atPlaces, nowhere } from '#domain/access/actor.ts';
import { endingDays, fileNoticeKinds, goneOn, toldDays } from '#domain/file/notice.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import { tellUploader } from './tell.act.ts';

type Needs = Pick<JobServices, 'pool' | 'files' | 'now'>;

function writing<Result>({ pool }: Needs, work: (db: UploadHandle) => Promise<Result>): Promise<Result> {
  return withWriting(pool, nowhere, work);
}

const batch = 200;

/**
 * Every night: contents of marked files beyond their period, uploads that nobody attached, contents that nothing holds, and
 * bytes that nobody knows.
 */
export const tidyFiles: FeatureJob = scheduled({
  name: 'files.tidy',
  title: '清理无人使用的文件',
  retries: 2,
  schedule: '50 3 * * *',
  async run(services) {
    await settleTrash(services);
    await removeOver(services);
    await removeExpired(services);
    await removeUnheld(services);
    await removeUnknown(services);
  },
});

async function removeOver({ pool, today, record }: Pick<JobServices, 'pool' | 'today' | 'record'>): Promise<void> {
  await withWriting(pool, nowhere, async (db: AttachmentHandle) => {
    for (const file of await writeRemoved(db, today())) {
      const { id, placeId, schoolId, subjectType, subjectId, name, purpose, keepUntil, hash } = file;
      await record(db, {
        ...{ action: 'attachment.removed', objectType: 'attachment', objectId: id, placeId, schoolId },
        after: { fileName: name, subjectType, subjectId, purpose, keepUntil, contentDigest: hash },
      });
    }
  });
}

async function removeExpired(services: Needs): Promise<void> {
  const { pending } = services.files.store;
  for (const id of await writing(services, (db) => deleteExpiredUploads(db, services.now()))) await pending.discard(id);
}

async function removeUnheld(services: Needs): Promise<void> {
  const { store } = services.files;
  let behind = '';
  for (;;) {
    const hashes = await writing(services, (db) => listTidyContents(db, behind, batch));
    for (const hash of hashes) {
      const remove = await writing(services, async (db) =>
        (await deleteContent(db, hash)) ? store.moveToTrash(hash) : undefined,
      );
      await remove?.();
    }
    behind = hashes.at(-1) ?? '';
    if (hashes.length < batch) return;
  }
}

/** Bytes without a row: a crash left them between the disk and the commit. */
async function removeUnknown(services: Needs): Promise<void> {
  const { store } = services.files;
  const ids = await store.pendingIds();
  const known = await writing(services, (db) => findKnownUploads(db, ids.filter(isUuid)));
  for (const id of ids) if (!known.has(id)) await store.pending.discard(id);
  for await (const hashes of store.storedHashes()) {
    const contents = await writing(services, (db) => findKnownContents(db, hashes));
    for (const hash of hashes.filter((one) => !contents.has(one))) {
      const remove = await writing(services, async (db) =>
        (await isContentKnown(db, hash)) ? undefined : store.moveToTrash(hash),
      );
      await remove?.();
    }
  }
  // A copy that was being drawn while its content was removed.
  for await (const hashes of store.derivedHashes()) {
    for (const hash of hashes) if (!(await store.hasContent(hash))) await store.removeDerived(hash);
  }
}

/** Every night whoever brought a marked file learns that its content goes soon, once for each number of days. */
export const tellEnding: FeatureJob = scheduled({
  name: 'files.ending',
  title: '提醒即将清理的涉及未成年人的附件',
  retries: 2,
  schedule: '20 5 * * *',
  async run({ pool, today: ofToday, now, acting }) {
    const today = ofToday();
    const days = endingDays(today);
    for (const placeId of await withReading(pool, nowhere, listPlaces)) {
      await withWriting(pool, atPlaces([placeId]), async (db) => {
        const actor = { ...(await acting(db)), userId: '' };
        for (const file of await listEnding(db, placeId, days)) {
          const { id, keepUntil, purpose } = file;
          const note = `保存到 ${keepUntil}，${goneOn(keepUntil)} 清理内容（用途：${purpose}）；仍需使用的请在此以前延长保存期`;
          const once = `file ${id} ${keepUntil} ${toldDays(keepUntil, today)}`;
          await tellUploader(db, file, { kind: fileNoticeKinds.ending, note, actor, now: now(), once });
        }
      });
    }
  },
});

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Contents that a scanner looks at in one run. */
const scannedAtOnce = 50;

/**
 * Every five minutes: what came in while the scanner did not answer, and what it saw a week ago, because its list of
 * viruses grows. An infected content closes every attachment at once.
 */
export const scanFiles: FeatureJob = scheduled({
  name: 'files.scan',
  title: '文件查毒',
  retries: 0,
  schedule: '*/5 * * * *',
  async run(services) {
    const { scanner, store } = services.files;
    if (scanner === null) return;
    for (const { hash } of await writing(services, (db) => listUnscanned(db, scannedAtOnce))) {
      const said = await scanner.scan(store.contentPath(hash));
      await writing(services, (db) => writeScan(db, hash, said));
      if (said === 'infected') await store.removeDerived(hash);
    }
  },
});
