import { firstDayOf } from '#domain/kit/school-year.ts';
import { applyState, correct, type Dated, type DirectoryContext, stateOf } from '../school.act.ts';
import type { RegisteredSchool } from '../school-change.store.ts';
import { openSchools } from '../school-opening.act.ts';
import type { ImportAct } from './school-import.plan.ts';

type ActOf<Kind extends ImportAct['kind']> = Extract<ImportAct, { kind: Kind }>;

/** Does what a plan says: openings together, then renamings and corrections one by one, each with its own event. */
export async function carryOut(
  ctx: DirectoryContext,
  acts: readonly ImportAct[],
  given: Pick<Dated, 'day' | 'document'>,
): Promise<{ opened: number; renamed: number; corrected: number }> {
  const dated = { ...given, note: '由表格导入' };
  const openings = acts.filter((act): act is ActOf<'open'> => act.kind === 'open');
  await openSchools(
    ctx,
    openings.map(({ fresh }) => {
      // A school that stands since long enters the register with the year of its founding.
      const openedOn = fresh.foundedYear === null ? dated.day : firstDayOf(fresh.foundedYear);
      return { fresh, dated: openedOn > dated.day ? dated : { ...dated, day: openedOn } };
    }),
  );
  // The row that renames a school may correct it too: what it has become is what the correction begins with.
  const renamed = new Map<number, RegisteredSchool>();
  const done = { opened: openings.length, renamed: 0, corrected: 0 };
  for (const act of acts) {
    if (act.kind === 'rename') {
      renamed.set(act.school.id, await rename(ctx, act, dated));
      done.renamed += 1;
    }
    if (act.kind === 'correct') {
      const school = renamed.get(act.school.id) ?? act.school;
      const { foundedYear, ...facts } = act.to;
      const changes = [{ what: act.what, from: null, to: null }];
      await correct(ctx, school, { ...stateOf(school), ...facts }, foundedYear, dated, changes);
      done.corrected += 1;
    }
  }
  return done;
}

async function rename(ctx: DirectoryContext, { school, name }: ActOf<'rename'>, dated: Dated) {
  const changes = [{ what: '名称', from: school.name, to: name }];
  await applyState(ctx, school, { ...stateOf(school), name }, { kind: 'renamed', dated, details: { changes } });
  return { ...school, name, lastChange: dated.day };
}
