import type { Feature } from '#core/access/feature.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { directoryProblems } from '#domain/kit/problems/directory.ts';
import { withWriting } from '#platform/db/handle.ts';
import { cityRoutes } from './city/city.routes.ts';
import { consequenceRoutes } from './consequence/consequence.routes.ts';
import { directoryStepKinds, directorySteps } from './directory.beginning.store.ts';
import { schoolImportRoutes } from './import/school-import.routes.ts';
import { schoolRevised } from './school.act.ts';
import { schoolRoutes } from './school.routes.ts';
import { schoolChangeRoutes } from './school-change.routes.ts';
import { writeSchoolSearch } from './school-search.store.ts';
import { lowerUnitRoutes } from './unit/lower-unit.routes.ts';
import { unitRoutes } from './unit/unit.routes.ts';
import { unitWork, unitWorkKinds } from './unit/unit.work.store.ts';
import { unitChangeRoutes } from './unit/unit-change.routes.ts';
import { writeUnitSearch } from './unit/unit-search.store.ts';

/** The register of units and schools, with everything that happened to them. */
export const directoryFeature: Feature = {
  name: 'directory',
  auditWords: () => import('#contract/directory/audit.words.ts'),
  routes: [
    ...cityRoutes,
    ...unitRoutes,
    ...unitChangeRoutes,
    ...lowerUnitRoutes,
    ...schoolRoutes,
    ...schoolChangeRoutes,
    ...consequenceRoutes,
    ...schoolImportRoutes,
  ],
  tables: [
    'org_units',
    'org_unit_versions',
    'leader_posts',
    'leader_terms',
    'schools',
    'school_places',
    'school_versions',
    'school_codes',
    'school_events',
  ],
  revised: [schoolRevised],
  views: ['school_standings'],
  problems: problemCodes(directoryProblems),
  registers: ['org_units', 'org_unit_versions', 'schools', 'school_places', 'school_versions'],
  work: { kinds: unitWorkKinds, of: unitWork },
  beginning: { kinds: directoryStepKinds, of: directorySteps },
  prepare: (pool) =>
    withWriting(pool, atPlaces([]), async (db) => {
      await writeSchoolSearch(db, null);
      await writeUnitSearch(db, null);
    }),
  sample: () => import('#sample/directory/directory.sample.ts'),
};
