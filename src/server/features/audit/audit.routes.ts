import type { z } from 'zod';
import * as audit from '#contract/audit/audit.ts';
import {
  type AllAuditWords,
  actionTitle,
  allAuditWords,
  fieldTitle,
  objectName,
  objectTitle,
} from '#contract/kit/acts.words.ts';
import type { Feature } from '#core/access/feature.ts';
import { listRoleNames } from '#core/access/grant/roles.store.ts';
import { type Services, serve } from '#core/access/serve.ts';
import { type AuditEntryRow, type AuditSearch, listAuditEntries } from '#core/audit/entries.store.ts';
import { signature } from '#domain/access/actor.ts';
import { dayInChina, momentInChina } from '#domain/kit/school-year.ts';
import { writeCsv } from '#platform/documents/workbook.ts';
import { listUnitNames } from './audit.store.ts';

const downloadLimit = 50_000;

/** The audit as the 审计管理员 reads it: acts and names of fields, never the values that units filed. */
export function auditRoutes(features: () => readonly Feature[]) {
  return [
    serve(audit.list, async (ctx, { query }) => {
      const { rows, total } = await listAuditEntries(ctx.db, searchOf(query), query);
      const units = await listUnitNames(ctx.db);
      return { rows: rows.map((row) => entryOf(row, units)), total };
    }),

    serve(audit.download, async (ctx, { query }) => {
      const { rows } = await listAuditEntries(ctx.db, searchOf(query), { page: 1, pageSize: downloadLimit });
      const units = await listUnitNames(ctx.db);
      return {
        fileName: `审计记录-${dayInChina(ctx.now)}.csv`,
        contentType: 'text/csv; charset=utf-8',
        body: await csvOf(rows, units, namesByKey(await listRoleNames(ctx.db)), await wordsOf(features())),
      };
    }),

    (services: Services) =>
      serve(audit.verification, async (ctx) => {
        const { verified, wholeAt } = await services.chainCheck.sinceWhole(ctx.db, ctx.now);
        const { ok, seals, rows, unsealed, head, broken } = verified;
        return { ok, seals, rows, unsealed, head, broken, wholeAt: wholeAt.toISOString() };
      })(services),
  ];
}

/** The words of the acts of these features: the exported list says what the screen says. */
async function wordsOf(features: readonly Feature[]): Promise<AllAuditWords> {
  const all = await Promise.all(features.map((feature) => feature.auditWords?.()));
  return allAuditWords(all.flatMap((module) => module?.auditWords ?? []));
}

type Query = z.output<typeof audit.auditFilter>;

/** Days are Chinese days, whatever the server's clock is set to. */
function searchOf(query: Query): AuditSearch {
  const day = (date: string) => new Date(`${date}T00:00:00+08:00`);
  return {
    from: query.from === undefined ? undefined : day(query.from),
    to: query.to === undefined ? undefined : new Date(day(query.to).getTime() + 86_400_000),
    actor: query.actor,
    address: query.address,
    action: query.action,
    objectType: query.objectType,
    objectId: query.objectId,
    field: query.field,
    placeId: query.unitId,
    object: query.object,
  };
}

function entryOf(row: AuditEntryRow, units: ReadonlyMap<number, string>): z.input<typeof audit.auditEntry> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actorId: row.actorId,
    actorName: row.actorName,
    standInFor: row.standInForName,
    actorRole: row.actorRole,
    address: row.address,
    tokenId: row.tokenId,
    action: row.action,
    objectType: row.objectType,
    objectId: row.objectId,
    objectName: row.objectName,
    unit: units.get(row.placeId) ?? null,
    fields: row.fields,
    before: namingUnits(row.before, units),
    after: namingUnits(row.after, units),
  };
}

/** Fields whose value is the id of a unit. */
const unitFields: ReadonlySet<string> = new Set(['unitId', 'countyId', 'managingUnitId', 'parentId', 'into']);

/** Ids of units by their names: an id says nothing to a reader. */
function namingUnits(values: AuditEntryRow['before'], units: ReadonlyMap<number, string>) {
  if (values === null) return null;
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      unitFields.has(key) && typeof value === 'number' ? (units.get(value) ?? value) : value,
    ]),
  );
}

const csvHead = [
  '编号',
  '时间',
  '人员',
  '角色',
  '地址',
  '访问令牌',
  '操作',
  '对象',
  '对象名称',
  '单位',
  '数据项',
  '对象编号',
  '操作代码',
];

async function csvOf(
  rows: readonly AuditEntryRow[],
  units: ReadonlyMap<number, string>,
  roles: ReadonlyMap<string, string>,
  words: AllAuditWords,
): Promise<Uint8Array> {
  const lines = rows.map((row) => [
    row.id,
    momentInChina(row.at),
    row.actorName === null ? null : signature(row.actorName, row.standInForName),
    row.actorRole === null ? null : (roles.get(row.actorRole) ?? row.actorRole),
    row.address,
    row.tokenId,
    actionTitle(words, row.action),
    objectTitle(words, row.objectType),
    objectName(row),
    units.get(row.placeId) ?? null,
    row.fields.map((field) => fieldTitle(words, field)).join('、'),
    row.objectId,
    row.action,
  ]);
  return writeCsv([csvHead, ...lines]);
}

function namesByKey(roles: readonly { readonly key: string; readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(roles.map(({ key, name }) => [key, name]));
}
