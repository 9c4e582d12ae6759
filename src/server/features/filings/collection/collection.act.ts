import type { Context } from '#core/access/serve.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import { problem } from '#domain/kit/problem.ts';
import { daysBetween } from '#domain/kit/school-year.ts';
import type { FilingHandle } from '../filing.store.ts';
import { type CollectionRow, lockCollection } from './collection.store.ts';

/** The collection, locked, where it has not ended. */
export async function openCollection(ctx: Context<FilingHandle>, id: number): Promise<CollectionRow> {
  const collection = await collectionToChange(ctx, id);
  if (collection.state !== 'open') throw problem('period.over', { name: collection.name });
  return collection;
}

/** The collection, locked, where its year takes writes. */
export async function collectionToChange(ctx: Context<FilingHandle>, id: number): Promise<CollectionRow> {
  const collection = await getCollection(ctx, id);
  assertTakesWrites(collection);
  return collection;
}

export async function getCollection(ctx: Context<FilingHandle>, id: number): Promise<CollectionRow> {
  const collection = await lockCollection(ctx.db, id);
  if (!collection) throw problem('thing.notFound', { what: '个填报周期' });
  return collection;
}

/** On the wire a collection is the period of filing that it has always been. */
export function periodShape({ periodId: _, ...row }: CollectionRow, today: string) {
  return { ...row, daysLeft: daysBetween(today, row.deadline), cityDaysLeft: daysBetween(today, row.cityDeadline) };
}
