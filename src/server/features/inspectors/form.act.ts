import type { z } from 'zod';
import type { inspectorForm, ownForm } from '#contract/inspectors/inspectors.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { entryFieldTitles } from '#domain/inspection/field-titles.ts';
import type { InspectorNotice } from '#domain/inspection/notice.ts';
import { type EarlierTerm, earlierTermsFault, termsText } from '#domain/inspection/terms.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { lockRegister } from './import/known-inspector.store.ts';
import { alsoFoundBy, type InspectorContext, requirementsOf, resolveBodies } from './inspector.act.ts';
import { listPosts, listRelations, listTerms } from './inspector.detail.store.ts';
import {
  findAccount,
  findClash,
  type HeldPostRow,
  type Inspector,
  type InspectorContent,
  type RelationRow,
} from './inspector.store.ts';

type OwnForm = z.output<typeof ownForm>;
type Form = z.output<typeof inspectorForm>;

type OwnContent = Pick<
  InspectorContent,
  | 'sex'
  | 'birthYear'
  | 'employer'
  | 'employerUnitId'
  | 'employerSchoolId'
  | 'post'
  | 'degree'
  | 'professionalTitle'
  | 'educationYears'
  | 'stages'
  | 'subjects'
  | 'phone'
  | 'publicContact'
  | 'profile'
>;

/** A form ready to be kept. */
export interface ReadForm<Content> {
  readonly content: Content;
  /** 以前的任期 in the order of their days; undefined where the form says nothing of them. */
  readonly earlierTerms?: readonly EarlierTerm[] | undefined;
  readonly posts: readonly HeldPostRow[];
  readonly relations: readonly RelationRow[];
}

/** What an inspector fills in himself, with the numbers of the bodies that the register knows. */
export async function readOwnForm(ctx: InspectorContext, form: OwnForm): Promise<ReadForm<OwnContent>> {
  const [employer, ...bodies] = await resolveBodies(ctx, [
    form.employer,
    ...form.posts.map(({ body }) => body),
    ...form.relations.map(({ body }) => body),
  ]);
  const posts = form.posts.map((post, at) => ({ ...post, body: bodies[at]! }));
  const relations = form.relations.map((one, at) => ({ ...one, body: bodies[form.posts.length + at]! }));
  for (const one of relations) checkChild(one);
  const { sex, birthYear, post, degree, professionalTitle, educationYears, subjects, phone, publicContact, profile } =
    form;
  const { written, unitId, schoolId } = employer!;
  return {
    content: {
      ...{
        sex,
        birthYear,
        employer: written,
        employerUnitId: unitId,
        employerSchoolId: schoolId,
        post,
        degree,
        professionalTitle,
      },
      ...{ educationYears, stages: [...new Set(form.stages)], subjects, phone, publicContact, profile },
    },
    posts,
    relations,
  };
}

/** Of a child at a school the school and the fact are kept, and no word more. */
function checkChild({ relative, tie, body, post, note }: RelationRow): void {
  if ((tie === 'studies' || relative === 'child') && note !== '') throw problem('inspector.childPost');
  if (tie === 'studies' && (post !== '' || body.schoolId === null)) throw problem('inspector.childPost');
}

/** One relation that an inspector declares, with the number of the body that the register knows. */
export async function readRelation(ctx: InspectorContext, given: RelationRow): Promise<RelationRow> {
  const [body] = await resolveBodies(ctx, [given.body]);
  const relation = { ...given, body: body! };
  checkChild(relation);
  return relation;
}

/** The whole form as the office keeps it, with the account that the user name and the name lead to. */
export async function readForm(
  ctx: InspectorContext,
  form: Form,
  kept: Pick<Inspector, 'placeId' | 'id'>,
): Promise<ReadForm<InspectorContent>> {
  const earlierTerms = await readEarlierTerms(ctx, form, kept);
  const { content, posts, relations } = await readOwnForm(ctx, form);
  const { kind, name, recommendedBy } = form;
  const statements = Object.fromEntries(form.statements.map(({ requirement, ...said }) => [requirement, said]));
  const certificateNumber = form.certificateNumber === '' ? null : form.certificateNumber;
  const username = form.username === '' ? null : form.username;
  const personId = username === null ? null : ((await findAccount(ctx.db, { username, name })) ?? null);
  if (username !== null && personId === null) throw problem('inspector.accountUnknown', { name });
  const whole: InspectorContent = {
    ...{ ...content, kind, name, certificateNumber, recommendedBy, statements, personId },
    alsoFoundBy: await alsoFoundBy(name),
  };
  const stated = requirementsOf(ctx, { ...whole, ...kept } as Inspector).filter(({ stated }) => stated);
  for (const { key, title } of stated) {
    if (statements[key]?.basis === '') throw problem('inspector.statement', { title });
  }
  // Two entries of one account or certificate that come at once: the later one sees the earlier.
  await lockRegister(ctx.db, kept.placeId);
  const clash = await findClash(ctx.db, { ...whole, ...kept });
  if (clash === 'certificate') throw problem('inspector.certificateTaken', { number: certificateNumber ?? '' });
  if (clash === 'account') throw problem('inspector.accountTaken');
  return { content: whole, posts, relations, earlierTerms };
}

/** Earlier terms as they are kept; refused where they overlap, or did not end before the first term that an act gave. */
async function readEarlierTerms(
  ctx: InspectorContext,
  { earlierTerms }: Form,
  kept: Pick<Inspector, 'placeId' | 'id'>,
) {
  if (earlierTerms === undefined) return undefined;
  const terms = [...earlierTerms].sort((one, other) => (one.from < other.from ? -1 : 1));
  const given = (await listTerms(ctx.db, kept)).find(({ earlier }) => !earlier);
  const fault = earlierTermsFault(terms, given?.from ?? null, ctx.today);
  if (fault !== null) throw problem('inspector.earlierTerms', { fault });
  return terms;
}

/** What a form changes: by names, and of what anybody who reads the entry may read the values before and after. */
export interface ChangedForm {
  readonly fields: string[];
  readonly keys: (keyof InspectorContent)[];
  /** Whether something changes that the person fills in himself. */
  readonly ofPerson: boolean;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** What is said by its name alone: an account is a number, and of a statement the page shows what stands now. */
const untold: readonly (keyof InspectorContent)[] = ['personId', 'statements'];

/** What the office alone fills in; the rest is the person's own. */
const ofOffice: readonly (keyof InspectorContent)[] = [
  ...(['kind', 'name', 'certificateNumber', 'recommendedBy', 'statements', 'personId', 'alsoFoundBy'] as const),
];

/** What a form changes: relations and posts by their names alone. */
export async function changedBy(
  ctx: InspectorContext,
  before: Inspector,
  { content, posts, relations, earlierTerms }: ReadForm<Partial<InspectorContent>>,
): Promise<ChangedForm> {
  const keys = (Object.keys(content) as (keyof InspectorContent)[]).filter(
    (key) => canonicalJson(before[key]) !== canonicalJson(content[key]),
  );
  const heldBefore = await listPosts(ctx.db, before);
  const toldBefore = await listRelations(ctx.db, before);
  // Words that other features use for something else.
  const told: Partial<Record<keyof InspectorContent, string>> = {
    ...{ personId: 'account', kind: 'inspectorKind', post: 'officialPost' },
  };
  const named = keys.filter((key) => key !== 'alsoFoundBy' && key !== 'employerUnitId' && key !== 'employerSchoolId');
  const shown = named.filter((key) => !untold.includes(key));
  const valuesIn = (from: Partial<InspectorContent>) =>
    Object.fromEntries(shown.map((key) => [told[key] ?? key, from[key]]));
  const beside = [
    ...(canonicalJson(heldBefore) === canonicalJson(posts) ? [] : ['heldPosts']),
    ...(canonicalJson(toldBefore) === canonicalJson(relations) ? [] : ['relations']),
  ];
  const termsBefore = earlierTerms === undefined ? [] : await listTerms(ctx.db, before);
  const earlierBefore = termsBefore.flatMap(({ earlier, from, to }) => (earlier && to !== null ? [{ from, to }] : []));
  const isSame = earlierTerms === undefined || canonicalJson(earlierBefore) === canonicalJson(earlierTerms);
  // What was there is gone from the register, and counted among the terms in a row: the audit keeps both.
  const termsIn = (terms: readonly EarlierTerm[]) => (isSame ? {} : { earlierTerms: termsText(terms) });
  return {
    keys,
    ofPerson: beside.length > 0 || keys.some((key) => !ofOffice.includes(key)),
    before: { ...valuesIn(before), ...termsIn(earlierBefore) },
    after: { ...valuesIn(content), ...termsIn(earlierTerms ?? []) },
    fields: [...named.map((key) => told[key] ?? key), ...beside, ...(isSame ? [] : ['earlierTerms'])],
  };
}

const fieldTitles: Readonly<Record<string, string>> = {
  ...entryFieldTitles,
  ...{ name: '姓名', phone: '联系电话', inspectorKind: '类别' },
};

/** What was changed, in one line for the history that all who read the entry see. */
export function changedLine(fields: readonly string[]): string {
  return fields.map((field) => fieldTitles[field] ?? field).join('、');
}

/** Tells an inspector who has an account. */
export async function tellInspector(
  ctx: InspectorContext,
  inspector: Inspector,
  kind: InspectorNotice,
  note: string | null = null,
): Promise<void> {
  const { personId, placeId, name } = inspector;
  if (personId === null || personId === ctx.actor.userId) return;
  await writeNoticesTo(ctx.db, {
    ...{ kind, actor: ctx.actor, now: ctx.now, note },
    notices: [{ subject: inspector, to: { audience: 'person', placeId, personId }, about: name }],
  });
}
