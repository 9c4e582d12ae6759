import type { Feature } from '#core/access/feature.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { workPlanProblems } from '#domain/kit/problems/work-plan.ts';
import { workPlanNoticeTitles } from '#domain/work-plan/notice.ts';
import { itemRoutes } from './item.routes.ts';
import { meetingRoutes } from './meeting.routes.ts';
import { meetingRevised } from './meeting.store.ts';
import { noteHolder } from './note-files.act.ts';
import { planRevised } from './plan.act.ts';
import { planRoutes } from './plan.routes.ts';
import { planDeadlines, planFigures, planWork } from './work-plan.work.store.ts';

/** The plan as the spine of the year, with its meetings; these features count what fulfils it. See README.md beside. */
export const workPlansFeature = (features: () => readonly Feature[]): Feature => ({
  name: 'work-plans',
  auditWords: () => import('#contract/work-plans/audit.words.ts'),
  routes: [...planRoutes(features), ...itemRoutes(features), ...meetingRoutes(features)],
  holders: { 'work-item-note': noteHolder },
  tables: [
    'work_plans',
    'work_items',
    'work_item_units',
    'work_item_ties',
    'work_item_notes',
    'work_item_parts',
    'meetings',
    'meeting_attendees',
  ],
  revised: [planRevised.plan, planRevised.item, meetingRevised],
  work: { kinds: ['work-plans.unplanned', 'work-plans.overdue'], of: planWork },
  deadlines: { kinds: ['work-plans.item'], of: planDeadlines },
  figures: { kinds: ['work-plans.items', 'work-plans.done'], of: planFigures(features) },
  problems: problemCodes(workPlanProblems),
  notices: workPlanNoticeTitles,
  sample: () => import('#sample/work-plans/work-plans.sample.ts'),
});
