import * as api from './api.ts';
import * as audit from './audit/audit.ts';
import * as balance from './balance/balance.ts';
import * as balanceTracking from './balance-tracking/tracks.ts';
import * as campaigns from './campaigns/campaigns.ts';
import * as directoryChanges from './directory/changes.ts';
import * as directoryCity from './directory/city.ts';
import * as directory from './directory/directory.ts';
import * as directoryImports from './directory/import.ts';
import * as directoryLowerUnits from './directory/lower-units.ts';
import * as directoryUnitChanges from './directory/unit-changes.ts';
import * as directoryUnits from './directory/units.ts';
import * as evaluations from './evaluations/evaluations.ts';
import * as attachments from './files/attachments.ts';
import * as filings from './filings/filings.ts';
import * as filingImports from './filings/import.ts';
import * as periods from './filings/periods.ts';
import * as frameworks from './frameworks/frameworks.ts';
import * as frameworkMappings from './frameworks/mappings.ts';
import * as frameworkQuestions from './frameworks/questions.ts';
import * as frameworkWorkbooks from './frameworks/workbook.ts';
import * as home from './home/home.ts';
import * as inspectorImports from './inspectors/import.ts';
import * as inspectors from './inspectors/inspectors.ts';
import * as jobs from './jobs/jobs.ts';
import * as health from './kit/health.ts';
import * as deliveries from './notices/deliveries.ts';
import * as noticeMail from './notices/mail.ts';
import * as notices from './notices/notices.ts';
import * as letters from './official-documents/letters.ts';
import * as letterReceipts from './official-documents/receipts.ts';
import * as letterSeries from './official-documents/series.ts';
import * as assignments from './people/assignments.ts';
import * as peopleImports from './people/import.ts';
import * as passWork from './people/pass-work.ts';
import * as people from './people/people.ts';
import * as peopleRequests from './people/requests.ts';
import * as roles from './people/roles.ts';
import * as peopleSets from './people/sets.ts';
import * as findingImports from './rectifications/import.ts';
import * as rectifications from './rectifications/rectifications.ts';
import type { AnyRoute } from './route.ts';
import * as ownData from './session/own-data.ts';
import * as posts from './session/posts.ts';
import * as session from './session/session.ts';
import * as tokens from './session/tokens.ts';
import * as outgoing from './settings/outgoing.ts';
import * as retention from './settings/retention.ts';
import * as settings from './settings/settings.ts';
import * as workItems from './work-plans/items.ts';
import * as meetings from './work-plans/meetings.ts';
import * as workPlans from './work-plans/plans.ts';

/** The table of contents: a file per feature. Every route that a file exports is part of the API. */
const chapters: ReadonlyArray<Readonly<Record<string, unknown>>> = [
  api,
  health,
  home,
  directoryUnits,
  directoryUnitChanges,
  directoryLowerUnits,
  directoryCity,
  directory,
  directoryChanges,
  directoryImports,
  filings,
  filingImports,
  periods,
  attachments,
  balance,
  balanceTracking,
  frameworks,
  frameworkWorkbooks,
  frameworkQuestions,
  frameworkMappings,
  workPlans,
  workItems,
  meetings,
  rectifications,
  findingImports,
  inspectors,
  campaigns,
  evaluations,
  inspectorImports,
  letters,
  letterSeries,
  letterReceipts,
  audit,
  people,
  assignments,
  passWork,
  peopleImports,
  peopleRequests,
  peopleSets,
  roles,
  session,
  ownData,
  posts,
  notices,
  noticeMail,
  deliveries,
  settings,
  outgoing,
  retention,
  jobs,
  tokens,
];

/** Every route, once. The server must serve each of these and nothing else, or it does not start. */
export const routes: readonly AnyRoute[] = [...new Set(chapters.flatMap((chapter) => Object.values(chapter)))].filter(
  isRoute,
);

function isRoute(value: unknown): value is AnyRoute {
  return typeof value === 'object' && value !== null && 'access' in value && 'method' in value && 'path' in value;
}
