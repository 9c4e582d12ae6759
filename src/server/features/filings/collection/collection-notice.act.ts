import type { Context } from '#core/access/serve.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import type { FilingHandle } from '../filing.store.ts';

/** The subject of a notice is a uuid and a collection has a number: version 8, whose digits are the program's own. */
const subjectId = (collectionId: number) => `00000000-0000-8000-8000-${collectionId.toString(16).padStart(12, '0')}`;

/** Tells the schools that owe a filing, and the county of each once, in one statement. */
export async function tellOfCollection(
  ctx: Context<FilingHandle>,
  kind: string,
  {
    id,
    name,
    owing,
    note,
  }: {
    readonly id: number;
    readonly name: string;
    readonly owing: readonly { readonly countyId: number; readonly schoolId: number }[];
    readonly note: string;
  },
): Promise<void> {
  const subject = { type: 'collection', id: subjectId(id) };
  const counties = [...new Set(owing.map(({ countyId }) => countyId))];
  const subjects = [
    ...counties.map((placeId) => ({ ...subject, placeId, schoolId: null })),
    ...owing.map(({ countyId, schoolId }) => ({ ...subject, placeId: countyId, schoolId })),
  ];
  await writeNotices(ctx.db, { kind, subjects, actor: ctx.actor, now: ctx.now, note, about: name });
}
