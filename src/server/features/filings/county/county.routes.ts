import * as filings from '#contract/filings/filings.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { countOpenComments } from '#core/comments/comments.store.ts';
import type { Catalogue, CatalogueField } from '#domain/filing/catalogue.shape.ts';
import { enteredFields, fieldOf, visibleFields } from '#domain/filing/catalogue.ts';
import { problem } from '#domain/kit/problem.ts';
import { daysBetween, schoolYearName } from '#domain/kit/school-year.ts';
import { fileTitle } from '#domain/text/file-title.ts';
import { spaced } from '#domain/text/spaced.ts';
import { workbookReply, writeCsv } from '#platform/documents/workbook.ts';
import { findCollection } from '../collection/collection.store.ts';
import { askedOf, isEditable } from '../filing.act.ts';
import { type FilingFilter, findFullFilings, listFullFilings, listSchoolTypes } from '../filing.list.store.ts';
import {
  copyFinding,
  examine,
  isLateFiling,
  isReturned,
  isUntouched,
  openFieldsOf,
  schoolShape,
} from '../filing.shape.ts';
import type { FilingHandle, FullFiling } from '../filing.store.ts';
import { exportRows, exportSheet } from '../filing.workbook.ts';
import { catalogueOf } from '../filing-catalogues.shape.ts';
import { findProgress } from './county.store.ts';

const on = serving<FilingHandle>();

export const filingCountyRoutes = [
  on(filings.progress, async (ctx, { query }) => {
    const collection = await findCollection(ctx.db, { year: query.year, today: ctx.today });
    if (!collection) return { period: null, rows: [] };
    const rows = await findProgress(ctx.db, ctx.scope, { collection, unitId: query.unitId, today: ctx.today });
    const { id, schoolYear, name, state, deadline, cityDeadline } = collection;
    const left = {
      daysLeft: daysBetween(ctx.today, deadline),
      cityDaysLeft: daysBetween(ctx.today, cityDeadline),
    };
    return { period: { id, schoolYear, name, state, deadline, cityDeadline, ...left }, rows };
  }),

  on(filings.grid, async (ctx, { query }) => {
    const collection = await findCollection(ctx.db, { year: query.year, today: ctx.today });
    if (!collection) return { rows: [], total: 0, edition: null, fields: [] };
    const asked = await askedOf(ctx, query);
    const { rows, total } = await listFullFilings(ctx.db, ctx.scope, asked);
    const types = total > rows.length ? await listSchoolTypes(ctx.db, ctx.scope, asked) : typesOf(rows);
    const fields = columnsOf(catalogueOf(collection.edition), types, query);
    const comments = await countOpenComments(ctx.db, {
      type: 'filing',
      places: [...new Set(rows.map((row) => row.placeId))],
      ids: rows.map((row) => row.id),
    });
    const shown = new Set(fields.map((field) => field.key));
    const commentsOf = (id: string) => comments.filter((comment) => comment.id === id);
    return {
      rows: rows.map((row) => gridRow(ctx, row, shown, commentsOf(row.id))),
      total,
      edition: collection.edition,
      fields: [...shown],
    };
  }),

  on(filings.exportScreen, async (ctx, { query }) => {
    const collection = await findCollection(ctx.db, { year: query.year, today: ctx.today });
    const rows = collection ? await findFullFilings(ctx.db, ctx.scope, await askedOf(ctx, query)) : [];
    const catalogue = collection ? catalogueOf(collection.edition) : null;
    const fields = catalogue ? columnsOf(catalogue, typesOf(rows), query) : [];
    const table = catalogue ? exportRows(catalogue, rows, fields) : [['没有可导出的数据']];
    const year = collection && schoolYearName(collection.schoolYear);
    const counties = rows.map(({ countyName }) => countyName);
    const name = fileTitle('资源数据', counties, year);
    if (query.format === 'csv') {
      return { fileName: `${name}.csv`, contentType: 'text/csv', body: writeCsv(table) };
    }
    return workbookReply(`${name}.xlsx`, [exportSheet(table, fields)], ctx.actor.userId);
  }),
];

type GridQuery = FilingFilter & { readonly group?: string | undefined; readonly fields?: string | undefined };

const typesOf = (rows: readonly FullFiling[]) => [...new Set(rows.map((row) => row.schoolType))];

/** The columns of a grid: chosen fields, or a group's, as far as one of the schools has them. */
function columnsOf(catalogue: Catalogue, schoolTypes: readonly string[], query: GridQuery): CatalogueField[] {
  if (query.group !== undefined && !catalogue.groups.includes(query.group)) {
    const message = `没有分组“${query.group}”，${spaced('应为', catalogue.groups.join('、'), '之一')}`;
    throw problem('request.invalid', { issues: [{ path: 'group', message }] });
  }
  if (query.fields) return query.fields.split(',').flatMap((key) => fieldOf(catalogue, key.trim()) ?? []);
  const present = new Set(
    schoolTypes.flatMap((schoolType) => visibleFields(catalogue, { schoolType }).map((field) => field.key)),
  );
  return catalogue.fields.filter(
    (field) =>
      present.has(field.key) &&
      field.directory === undefined &&
      (query.group === undefined || field.group === query.group),
  );
}

function gridRow(
  ctx: Context<FilingHandle>,
  row: FullFiling,
  shown: ReadonlySet<string>,
  comments: readonly { part: string; count: number }[],
) {
  const seen = examine(row);
  const editable = isEditable(row, ctx);
  const own = new Set(enteredFields(seen.catalogue, row).map((field) => field.key));
  const pick = <V>(record: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => shown.has(key)));
  return {
    id: row.id,
    school: schoolShape(row),
    state: row.state,
    untouched: isUntouched(row),
    returned: isReturned(row),
    late: isLateFiling(row),
    released: row.released,
    revision: row.revision,
    editable,
    openFields: editable ? (openFieldsOf(row, seen)?.filter((key) => own.has(key)) ?? null) : [],
    cells: pick(row.cells),
    derived: pick(seen.derived),
    reference: pick(row.reference),
    peers: pick(row.peers),
    findings: seen.findings.filter((finding) => finding.fields.some((key) => shown.has(key))).map(copyFinding),
    comments: Object.fromEntries(comments.map(({ part, count }) => [part, count])),
  };
}
