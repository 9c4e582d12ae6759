import { peopleImport } from '#contract/people/import.ts';
import { importing } from '#core/imports/importing.act.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import { peopleImporting } from './people-list.act.ts';

/** Many accounts at once from a list: looked at first, made all or none. */
export const peopleListRoutes = [...importing<WholeHandle>()(peopleImport, peopleImporting)];
