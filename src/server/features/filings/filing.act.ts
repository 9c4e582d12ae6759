import type { Context } from '#core/access/serve.ts';
import { permittedFilingActs } from '#domain/filing/flow.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { catalogueOf } from './filing.catalogues.ts';
import { subjectOf, todayOf } from './filing.shape.ts';
import { type FilingHandle, type FullFiling, readFiling } from './filing.store.ts';
import { readPeriod } from './period/period.store.ts';

/** The filing, or the refusal that tells nothing of what lies outside the person's place. */
export async function filingInScope(ctx: Context<FilingHandle>, id: string): Promise<FullFiling> {
  const filing = await readFiling(ctx.db, ctx.scope, id);
  if (!filing) throw problem('thing.notFound', { what: '份填报' });
  return filing;
}

/** 办学类型 with this level in the edition of a year, so that a list can be narrowed in the database. */
export async function schoolTypesWith(
  ctx: Context<FilingHandle>,
  year: number | undefined,
  level: string | undefined,
): Promise<readonly string[] | null> {
  if (level === undefined) return null;
  const period = await readPeriod(ctx.db, year, dayInChina(ctx.now));
  if (!period) return [];
  return catalogueOf(period.edition).sections.find((section) => section.key === level)?.schoolTypes ?? [];
}

/** Whether this person may type into the filing now; for rows of a grid. */
export function isEditable(filing: FullFiling, ctx: Context<FilingHandle>): boolean {
  return permittedFilingActs(subjectOf(filing, todayOf(filing.referenceDate, ctx.now)), ctx.actor).fill;
}
