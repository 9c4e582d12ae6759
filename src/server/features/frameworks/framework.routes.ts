import * as frameworks from '#contract/frameworks/frameworks.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { holds, reachesAsFar, signatureOf } from '#domain/access/actor.ts';
import { compareEditions } from '#domain/framework/edition/compare-editions.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { isFound, searchText, searchWords } from '#domain/text/search.ts';
import { beginEdition, copyEdition, discardDraft, getDraft, publishDraft, readDraft } from './draft.act.ts';
import { listDrafts } from './draft.store.ts';
import { changeTree, fillGap, undoChange, writeCells } from './draft-writing.act.ts';
import { listEarlier } from './earlier/earlier-trial.act.ts';
import { presentDraft, presentEdition, wordsOf } from './framework.shape.ts';
import {
  type FrameworkHandle,
  findEdition,
  insertWithdrawal,
  listFacts,
  listNewestEditions,
  listRevisions,
  type StoredEdition,
} from './framework.store.ts';
import { listFoundSchools } from './subject.store.ts';
import { tryDraft, tryEdition } from './trial.act.ts';

const on = serving<FrameworkHandle>();
type Ctx = Context<FrameworkHandle>;

export const frameworkRoutes = [
  on(frameworks.list, async (ctx, { query }) => {
    const all = (await listNewestEditions(ctx.db)).map((row) => ({ ...presentEdition(row), codes: row.openCodes }));
    const words = searchWords(query.search ?? '');
    const rows = all.filter(
      (row) =>
        (query.authority === undefined || row.authority === query.authority) &&
        (query.subject === undefined || row.subject === query.subject) &&
        (query.state === undefined || row.state === query.state) &&
        isFound(words, searchText([row.title, row.edition, row.documents, row.key, row.completedBy])),
    );
    const inState = (state: (typeof all)[number]['state']) => all.filter((row) => row.state === state).length;
    return {
      rows: rows.map(({ codes: _, ...row }) => row).sort(inOrder),
      counts: {
        ...{ total: all.length, ready: inState('ready'), incomplete: inState('incomplete') },
        withdrawn: inState('withdrawn'),
      },
      can: { copy: mayManage(ctx) },
    };
  }),

  on(frameworks.read, async (ctx, { params, query }) => {
    const row = await editionOf(ctx, params.key, query.revision);
    const { withdrawnAt, withdrawnBy, reason } = row;
    const prepared = preparedEdition(row.definition, row.hash);
    return {
      ...presentEdition(row),
      definition: prepared.edition,
      openCodes: [...row.openCodes],
      words: wordsOf(prepared),
      facts: await listFacts(ctx.db, row.key, row.revision),
      revisions: (await listRevisions(ctx.db, row.key)).map((one) => ({
        ...{ revision: one.revision, hash: one.hash, createdAt: one.createdAt.toISOString() },
        ...{ createdBy: one.createdBy, note: one.note, withdrawn: one.withdrawnAt !== null },
      })),
      basedOn: row.basedOn,
      withdrawal: withdrawnAt && { reason: reason!, at: withdrawnAt.toISOString(), by: withdrawnBy! },
      can: { copy: mayManage(ctx), withdraw: mayManage(ctx) && withdrawnAt === null },
    };
  }),

  on(frameworks.download, async (ctx, { params, query }) => {
    const row = await editionOf(ctx, params.key, query.revision);
    // The canonical form: whoever hashes the part `edition` in it gets the digest that stands beside.
    const content = canonicalJson({ hash: row.hash, revision: row.revision, edition: row.definition });
    return {
      fileName: `${row.title}_${row.edition}_${row.hash.slice(0, 8)}.json`,
      contentType: 'application/json',
      body: new TextEncoder().encode(content),
    };
  }),

  on(frameworks.compare, async (ctx, { query }) => {
    const [first, second] = [
      await editionOf(ctx, query.first, query.firstRevision),
      await editionOf(ctx, query.second, query.secondRevision),
    ];
    const [older, newer] = [first, second].map(({ definition, hash }) => preparedEdition(definition, hash).edition);
    const { indicators, rules } = compareEditions(older!, newer!);
    const touched = indicators.filter(({ change }) => change !== 'removed').length;
    return {
      ...{ first: presentEdition(first), second: presentEdition(second) },
      changes: indicators.map(({ code, title, change, moved, points, texts, scoring }) => ({
        ...{ code, title, change, moved: moved ?? null, points: points ?? null },
        ...{ texts: [...(texts ?? [])], scoring: scoring === true },
      })),
      rules: [...rules],
      same: newer!.indicators.length - touched,
    };
  }),

  on(frameworks.tryOut, async (ctx, { params, body }) => {
    const row = await editionOf(ctx, params.key, body.revision);
    const { subject } = body;
    const result = await tryEdition(ctx, row, body);
    await ctx.record({
      ...objectOf(row),
      action: 'framework.tried',
      after: { subject: subject && `${subject.type} ${subject.id}`, year: body.year, total: result.total },
    });
    return result;
  }),

  on(frameworks.schools, async (ctx, { query }) => ({
    rows: await listFoundSchools(ctx.db, ctx.scope, query),
  })),

  on(frameworks.withdraw, async (ctx, { params, body }) => {
    const row = await editionOf(ctx, params.key, body.revision);
    const state = '已停用';
    ctx.authorize(row.withdrawnAt === null, problem('flow.notInState', { what: '个版本', action: '停用', state }));
    const { key, revision } = row;
    const by = { reason: body.reason, at: ctx.now, by: signatureOf(ctx.actor) };
    if (!(await insertWithdrawal(ctx.db, { key, revision, ...by }))) {
      throw problem('flow.notInState', { what: '个版本', action: '停用', state });
    }
    await ctx.record({ ...objectOf(row), action: 'framework.withdrawn', after: { reason: body.reason } });
    return presentEdition(await editionOf(ctx, key, revision));
  }),

  on(frameworks.copy, async (ctx, { body }) => ({ id: await copyEdition(ctx, body) })),
  on(frameworks.begin, async (ctx, { body }) => ({ id: await beginEdition(ctx, body) })),
  on(frameworks.drafts, async (ctx) => ({
    rows: (await listDrafts(ctx.db, ctx.scope.places)).map(presentDraft),
  })),
  on(frameworks.readDraft, (ctx, { params }) => readDraft(ctx, params.draftId)),
  on(frameworks.rounds, async (ctx, { params, query }) => ({
    rows: await listEarlier(ctx, await getDraft(ctx, params.draftId), query),
  })),
  on(frameworks.tryDraft, (ctx, { params, body }) => tryDraft(ctx, params.draftId, body)),
  on(frameworks.writeCells, (ctx, { params, body }) => writeCells(ctx, params.draftId, body.cells)),
  on(frameworks.changeTree, (ctx, { params, body }) => changeTree(ctx, params.draftId, body.change)),
  on(frameworks.undoChange, (ctx, { params, body }) => undoChange(ctx, params.draftId, body)),
  on(frameworks.fillGap, (ctx, { params, body }) => fillGap(ctx, params.draftId, body)),
  on(frameworks.publish, (ctx, { params, body }) => publishDraft(ctx, params.draftId, body)),
  on(frameworks.discard, (ctx, { params, body }) => discardDraft(ctx, params.draftId, body)),
];

/** Drafts lie at the city, and an edition is of the whole city. */
function mayManage(ctx: Pick<Ctx, 'actor'>): boolean {
  return holds(ctx.actor, 'framework.manage') && reachesAsFar(ctx.actor, 'city');
}

async function editionOf(ctx: Ctx, key: string, revision: number | undefined): Promise<StoredEdition> {
  const row = await findEdition(ctx.db, key, revision);
  if (row === undefined) throw problem('thing.notFound', { what: '个指标体系的版本' });
  return row;
}

/** What the audit names as the object of an act on an edition. */
function objectOf({ key, revision }: Pick<StoredEdition, 'key' | 'revision'>) {
  return { objectType: 'framework', objectId: `${key} ${revision}` };
}

type Row = ReturnType<typeof presentEdition>;
const rank = { official: 0, 'official-partial': 1, sample: 2 } as const;

/** Documents before samples, each by its title; what a city completed is a sample. */
function inOrder(one: Row, other: Row): number {
  return rank[one.authority] - rank[other.authority] || one.title.localeCompare(other.title, 'zh');
}
