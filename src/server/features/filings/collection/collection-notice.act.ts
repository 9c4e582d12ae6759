import type { Context } from '#core/access/serve.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import type { FilingHandle } from '../filing.store.ts';

/** The subject of a notice is a uuid and a collection has a number: version 8, whose digits are the program's own. */
const subjectId = (collectionId: number) => `00000000-0000-8000-8000-${collectionId.toString(16).padStart(12, '0')}`;

/** Tells counties and schools of what happened to a collection or its year, in one statement. */
export async function tellOfCollection(
  ctx: Context<FilingHandle>,
  kind: string,
  {
    id,
    name,
    counties,
    schools,
    note,
  }: {
    readonly id: number;
    readonly name: string;
    readonly counties: readonly number[];
    readonly schools: readonly { readonly countyId: number; readonly schoolId: number }[];
    readonly note: string;
  },
): Promise<void> {
  const subject = { type: 'collection', id: subjectId(id) };
  const subjects = [
    ...counties.map((placeId) => ({ ...subject, placeId, schoolId: null })),
    ...schools.map(({ countyId, schoolId }) => ({ ...subject, placeId: countyId, schoolId })),
  ];
  await writeNotices(ctx.db, { kind, subjects, actor: ctx.actor, now: ctx.now, note, about: name });
}

/** The schools that owe a filing, and the county of each once. */
export const owedBy = (schools: readonly { readonly countyId: number; readonly schoolId: number }[]) => ({
  schools,
  counties: [...new Set(schools.map(({ countyId }) => countyId))],
});
