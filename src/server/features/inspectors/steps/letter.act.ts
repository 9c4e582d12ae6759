import { letterWanted } from '#core/workflow/letter-occurrences.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import { appointmentTitle, letteredTerm } from '#domain/inspection/terms.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInLetter } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type InspectorContext, recordOf } from '../inspector.act.ts';
import { listTerms, writeLetter } from '../inspector.detail.store.ts';
import type { Inspector } from '../inspector.store.ts';

/**
 * Wants a letter of appointment (聘书) for the first term that runs or comes and has none: a draft at the unit that keeps the inspector. A term has one letter:
 * whoever asks again gets the number of the letter that stands.
 */
export async function wantLetter(ctx: InspectorContext, inspector: Inspector): Promise<string> {
  const term = letteredTerm(await listTerms(ctx.db, inspector), ctx.today);
  if (!term) throw problem('thing.notFound', { what: '个任期' });
  if (term.letterId !== null) return term.letterId;
  const letterId = newId();
  const kind = inspectorKindTitles[inspector.kind];
  const until = term.to === null ? '' : `至${dayInLetter(term.to)}止`;
  await ctx.announce(letterWanted, {
    ...{ letterId, placeId: inspector.placeId, kind: 'appointment', places: [inspector.placeId] },
    title: appointmentTitle(inspector.name),
    addressees: [inspector.name],
    body: [
      { kind: 'paragraph', text: `兹聘任${inspector.name}同志为${kind}，任期自${dayInLetter(term.from)}起${until}。` },
      ...(inspector.certificateNumber === null
        ? []
        : [{ kind: 'paragraph' as const, text: `督学证号：${inspector.certificateNumber}。` }]),
    ],
    recipients: [],
    ties: [
      { subjectType: 'inspector', subjectPlaceId: inspector.placeId, subjectId: inspector.id, title: inspector.name },
    ],
    ...{ sourceType: 'inspectors', sourceId: `${inspector.id} ${term.id}`, sourceLabel: '督学名册' },
  });
  await writeLetter(ctx.db, inspector, term.id, letterId);
  await ctx.record(recordOf(inspector, 'letterWanted', { after: { termFrom: term.from } }));
  return letterId;
}
