import { readBasicStandard } from '#domain/balance-tracking/basic-standard.shape.ts';
import type { BasicStandard } from '#domain/balance-tracking/basic-standard.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import type { TrackHandle } from '../published.store.ts';
import { readOwnBasicStandard, shippedBasicStandard } from '../tracking-rules.shape.ts';
import {
  type BasicStandardRow,
  findBasicStandard,
  findLastArchived,
  insertBasicStandard,
  listBasicStandards,
  lockBasicStandards,
} from './basic-standard.store.ts';

/** By which the tracks of a school year judge schools: the edition of that year, or the example of the product. */
export async function basicStandardOf(db: TrackHandle, schoolYear: number): Promise<BasicStandard> {
  const taken = await findBasicStandard(db, schoolYear);
  return taken === undefined ? shippedBasicStandard() : readBasicStandard(taken.definition);
}

/**
 * Takes over an edition from a school year on. Years before keep theirs: no edition is put before one that stands, nor into a year
 * that is archived.
 */
export async function takeBasicStandard(
  db: TrackHandle,
  json: unknown,
  given: Pick<BasicStandardRow, 'fromYear' | 'reason' | 'addedBy' | 'addedAt'>,
): Promise<BasicStandardRow> {
  const definition = readOwnBasicStandard(json);
  await lockBasicStandards(db);
  const [newest] = await listBasicStandards(db);
  const { fromYear } = given;
  if (newest !== undefined && newest.fromYear > fromYear) {
    throw refused('--from', `${schoolYearName(newest.fromYear)}起已用 ${newest.edition} 版，不能再改更早的学年`);
  }
  const archived = (await findLastArchived(db)) ?? fromYear - 1;
  if (archived >= fromYear) {
    throw refused('--from', `${schoolYearName(archived)}已归档，请从 ${schoolYearName(archived + 1)}起用`);
  }
  if (newest !== undefined && canonicalJson(newest.definition) === canonicalJson(definition)) {
    throw refused('文件', `与现行的 ${newest.edition} 版相同`);
  }
  const { name, edition, source } = definition;
  const revision = newest?.fromYear === fromYear ? newest.revision + 1 : 1;
  const row = { ...given, revision, name, edition, source, definition };
  await insertBasicStandard(db, row);
  return row;
}

const refused = (path: string, message: string) => problem('request.invalid', { issues: [{ path, message }] });
