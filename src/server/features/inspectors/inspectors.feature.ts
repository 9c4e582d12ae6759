import type { Feature } from '#core/access/feature.ts';
import { inspectorNoticeTitles } from '#domain/inspection/notice.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { inspectorProblems } from '#domain/kit/problems/inspector.ts';
import { inspectorCardRoutes } from './card/card.routes.ts';
import { inspectorImportRoutes } from './import/import.routes.ts';
import { inspectorRevised } from './inspector.act.ts';
import { inspectorRoutes } from './inspector.routes.ts';
import { inspectorFigures, inspectorWork, inspectorWorkKinds } from './inspector.work.store.ts';
import { inspectorHolder } from './inspector-files.act.ts';
import { ownRoutes } from './own.routes.ts';
import { inspectorStepRoutes } from './steps/step.routes.ts';

/** The register of inspectors and the pool of experts. See README.md beside. */
export const inspectorsFeature: Feature = {
  name: 'inspectors',
  auditWords: () => import('#contract/inspectors/audit.words.ts'),
  routes: [...inspectorCardRoutes, ...inspectorRoutes, ...inspectorStepRoutes, ...ownRoutes, ...inspectorImportRoutes],
  holders: { inspector: inspectorHolder },
  tables: ['inspectors', 'inspector_terms', 'inspector_posts', 'inspector_relations', 'inspector_papers'],
  views: ['inspector_pool'],
  revised: [inspectorRevised],
  work: { kinds: inspectorWorkKinds, of: inspectorWork },
  figures: { kinds: ['inspectors.serving', 'inspectors.experts', 'inspectors.own'], of: inspectorFigures },
  problems: problemCodes(inspectorProblems),
  notices: inspectorNoticeTitles,
  sample: () => import('#sample/inspectors/inspectors.sample.ts'),
};
