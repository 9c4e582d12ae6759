import type { Context } from '#core/access/serve.ts';
import type { SchoolOnDay } from '#core/calendar/register.store.ts';
import { initialsOf } from '#core/directory/initials.ts';
import type { Catalogue } from '#domain/filing/catalogue.shape.ts';
import { enteredFields, filesResources } from '#domain/filing/catalogue.ts';
import { medians, type PeerValues, peersOf } from '#domain/filing/peers.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { FilingHandle } from '../filing.store.ts';
import { findApproved, type NewFiling } from './collection.store.ts';

/** Initials of the names that a school no longer bears are made anew. */
export async function withInitials(schools: readonly SchoolOnDay[]) {
  const former = schools.filter((school) => school.initials === null).map((school) => school.name);
  const made = await initialsOf(former);
  return schools.map((school) => ({ ...school, initials: school.initials ?? made[former.indexOf(school.name)]! }));
}

/** Why a school owes no filing; null when it owes one. */
export function exemption(catalogue: Catalogue, school: SchoolOnDay): string | null {
  if (school.status === 'closed') return '学校已撤销';
  if (school.status === 'merged') return '学校已并入其他学校';
  if (filesResources(catalogue, school.schoolType)) return null;
  return `${schoolType(school.schoolType)?.name ?? school.schoolType}不填报资源数据`;
}

/** An empty filing for each school, with last year's values beside it and the medians of similar schools. */
export async function newFilings(
  ctx: Context<FilingHandle>,
  catalogue: Catalogue,
  owing: readonly (SchoolOnDay & { readonly initials: string })[],
  schoolYear: number,
): Promise<NewFiling[]> {
  const lastYear = await findApproved(ctx.db, schoolYear - 1);
  const peers = medians([...lastYear.values()] satisfies PeerValues[]);
  return owing.map((school) => {
    const { countyId, schoolId, code, name, initials, schoolType: type, managingUnitId } = school;
    return {
      ...{ countyId, id: newId(), schoolId, code, name, initials, schoolType: type, managingUnitId },
      reference: lastYear.get(schoolId)?.values ?? {},
      peers: peersOf(peers, school),
      required: enteredFields(catalogue, school).filter((field) => field.required).length,
    };
  });
}
