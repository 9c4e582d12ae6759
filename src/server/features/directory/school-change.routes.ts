import * as schoolChanges from '#contract/directory/changes.ts';
import { releaseMovedSchool } from '#core/access/grant/moved-school.act.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { schoolMoved, schoolReopened, schoolsEnded } from '#core/directory/school-occurrences.ts';
import { problem } from '#domain/kit/problem.ts';
import { ownershipNames } from '#domain/org/ownership.ts';
import { codeAfterRetyping, mergeRefusal, returnRefusal } from '#domain/org/school-change.ts';
import { codeClassOf, kindFault, schoolFactFaults } from '#domain/org/school-facts.ts';
import type { SchoolEventDetails } from '#domain/org/school-history.ts';
import { sponsor } from '#domain/org/sponsor.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import { isSameName } from '#domain/text/name-folding.ts';
import { typeName } from './directory.shape.ts';
import type { DirectoryHandle } from './directory.store.ts';
import { applyState, beginChange, correct, locationOf, lockAsSeen, named, record, stateOf } from './school.act.ts';
import { insertVersion, updateSchool, writeMergedInto, writeStatus, writeVersionEnd } from './school-change.store.ts';
import { findCodeHolder, insertCode, writeCodeCurrent, writeCodeVoid } from './school-code.store.ts';
import { assertCodesFree, openSchools } from './school-opening.act.ts';
import { undoSchoolRename } from './undo/undo-rename.act.ts';
import { listUnits } from './unit/unit.store.ts';

const on = serving<DirectoryHandle>();

/** The city officer's acts on schools; each act keeps the history. */
export const schoolChangeRoutes = [
  on(schoolChanges.openSchool, async (ctx, { body }) => {
    const now = ctx.today;
    ctx.authorize(body.day <= now, problem('school.dayInFuture', { day: body.day, today: now }));
    const { day, document, note, ...facts } = body;
    const [schoolId] = await openSchools(ctx, [{ fresh: facts, dated: { day, document, note } }]);
    return { schoolId: schoolId!, revision: 1 };
  }),

  on(schoolChanges.renameSchool, async (ctx, { params, body }) => {
    const school = await beginChange(ctx, 'rename', params.schoolId, body);
    if (body.name === school.name) throw problem('school.nothingChanges');
    if (isSameName(body.name, school.name)) throw problem('school.sameName', { name: school.name });
    const changes = [{ what: '名称', from: school.name, to: body.name }];
    const next = { ...stateOf(school), name: body.name };
    await applyState(ctx, school, next, { kind: 'renamed', dated: body, details: { changes } });
    return { schoolId: school.id, revision: school.revision + 1 };
  }),

  on(schoolChanges.undoRename, async (ctx, { params }) => {
    const school = await undoSchoolRename(ctx, params.schoolId);
    return { schoolId: school.id, revision: school.revision + 1 };
  }),

  on(schoolChanges.moveSchool, async (ctx, { params, body }) => {
    const school = await beginChange(ctx, 'move', params.schoolId, body);
    const units = await listUnits(ctx.db);
    const place = locationOf(units, ctx, body);
    const { countyId, managingUnitId, sponsorCode, ownership } = body;
    const next = { ...stateOf(school), countyId, managingUnitId, sponsorCode, ownership };
    const faults = schoolFactFaults(
      { ...next, foundedYear: school.foundedYear, managedBy: place.managedBy },
      { province: place.province, year: Number(body.day.slice(0, 4)) },
    );
    if (faults.length > 0) throw problem('school.facts', { faults });
    const nameOf = (id: number) => units.find((unit) => unit.id === id)?.name ?? null;
    const changes = [
      { what: '所在地', from: nameOf(school.countyId), to: nameOf(countyId) },
      { what: '管理单位', from: nameOf(school.managingUnitId), to: nameOf(managingUnitId) },
      { what: '举办者类型', from: sponsor(school.sponsorCode)?.name ?? null, to: sponsor(sponsorCode)?.name ?? null },
      { what: '办别', from: ownershipNames[school.ownership], to: ownershipNames[ownership] },
    ].filter((change) => change.from !== change.to);
    if (changes.length === 0) throw problem('school.nothingChanges');
    await applyState(ctx, school, next, { kind: 'moved', dated: body, details: { changes } });
    const moved = { schoolId: school.id, fromCountyId: school.countyId, toCountyId: countyId };
    if (countyId !== school.countyId) await ctx.announce(schoolMoved, { places: ctx.scope.places, ...moved });
    const inspectorsReleased = countyId === school.countyId ? 0 : await releaseMovedSchool(ctx, school.id);
    return { schoolId: school.id, revision: school.revision + 1, inspectorsReleased };
  }),

  on(schoolChanges.retypeSchool, async (ctx, { params, body }) => {
    const school = await beginChange(ctx, 'retype', params.schoolId, body);
    const place = locationOf(await listUnits(ctx.db), ctx, school);
    const turned = kindFault(school.schoolType, body.schoolType);
    if (turned) throw problem('school.facts', { faults: [turned] });
    const outcome = codeAfterRetyping(school, body);
    if ('refusal' in outcome) throw outcome.refusal;
    const next = { ...stateOf(school), schoolType: body.schoolType, code: outcome.code };
    const faults = schoolFactFaults(
      { ...next, foundedYear: school.foundedYear, managedBy: place.managedBy },
      { province: place.province, year: Number(body.day.slice(0, 4)) },
    );
    if (faults.length > 0) throw problem('school.facts', { faults });
    const changes: NonNullable<SchoolEventDetails['changes']>[number][] = [
      { what: '办学类型', from: typeName(school.schoolType), to: typeName(body.schoolType) },
    ];
    if (outcome.code !== null && outcome.code !== school.code) {
      await assertCodesFree(ctx, [outcome.code]);
      if (school.code !== null) await writeCodeVoid(ctx.db, school.code, body.day);
      await insertCode(ctx.db, outcome.code, school.id, body.day);
      changes.push({ what: '学校标识码', from: school.code, to: outcome.code });
    }
    await applyState(ctx, school, next, { kind: 'retyped', dated: body, details: { changes } });
    return { schoolId: school.id, revision: school.revision + 1 };
  }),

  on(schoolChanges.mergeSchools, async (ctx, { params, body }) => {
    const seen = [{ id: params.schoolId, revision: body.revision }, ...body.guests];
    await lockAsSeen(ctx, seen);
    const host = await beginChange(ctx, 'merge', params.schoolId, body);
    const guests = await lockAsSeen(ctx, body.guests);
    const now = ctx.today;
    for (const guest of guests) {
      const refusal = mergeRefusal(host, guest, body.day, now);
      if (refusal) throw refusal;
      const mixed = kindFault(host.schoolType, guest.schoolType);
      if (mixed) throw problem('school.facts', { faults: [mixed] });
    }
    const giver = body.code === undefined ? undefined : guests.find((guest) => guest.code === body.code);
    const given = giver?.code ?? null;
    if (body.code !== undefined && body.code !== host.code && !giver) {
      throw problem('school.facts', {
        faults: [{ field: 'code', sentence: `合并后只能沿用合并各校之一的标识码，“${body.code}”不在其中` }],
      });
    }
    if (giver && given?.slice(0, 2) !== codeClassOf(host.schoolType)) {
      throw problem('school.facts', {
        faults: [{ field: 'code', sentence: `“${giver.name}”的标识码属于另一学校类别，不能沿用` }],
      });
    }
    const into = [{ ...named(host), part: 'into' as const }];
    for (const guest of guests) {
      await writeVersionEnd(ctx.db, guest.id, body.day);
      await writeStatus(ctx.db, guest.id, 'merged', body.day);
      await writeMergedInto(ctx.db, guest.id, host.id);
      if (guest.code !== null) await writeCodeVoid(ctx.db, guest.code, body.day);
      await record(ctx, guest, { kind: 'merged', dated: body, details: { others: into } }, stateOf(guest), {
        into: host.id,
      });
    }
    await tellEnded(
      ctx,
      guests.map((guest) => guest.id),
      `学校已于 ${body.day} 并入${host.name}`,
    );
    const next = { ...stateOf(host), code: given ?? host.code };
    const changes = given === null ? [] : [{ what: '学校标识码', from: host.code, to: given }];
    if (given !== null) {
      if (host.code !== null) await writeCodeVoid(ctx.db, host.code, body.day);
      await writeCodeCurrent(ctx.db, given, host.id);
    }
    const others = guests.map((guest) => ({ ...named(guest), part: 'absorbed' as const }));
    await applyState(ctx, host, next, { kind: 'merged', dated: body, details: { others, changes } });
    return { schoolId: host.id, revision: host.revision + 1 };
  }),

  on(schoolChanges.splitSchool, async (ctx, { params, body }) => {
    const school = await beginChange(ctx, body.closes ? 'close' : 'split', params.schoolId, body);
    const origin = [{ ...named(school), part: 'origin' as const }];
    const parts = await openSchools(
      ctx,
      body.parts.map((fresh) => ({ fresh, dated: body, details: { others: origin } })),
    );
    const others = body.parts.map(({ code, name }, index) => ({
      id: parts[index]!,
      code,
      name,
      part: 'branch' as const,
    }));
    if (body.closes) {
      await writeVersionEnd(ctx.db, school.id, body.day);
      await writeStatus(ctx.db, school.id, 'closed', body.day);
      if (school.code !== null) await writeCodeVoid(ctx.db, school.code, body.day);
      await tellEnded(ctx, [school.id], `学校已于 ${body.day} 分设后撤销`);
    } else {
      await updateSchool(ctx.db, school, stateOf(school));
    }
    const after = { parts, status: body.closes ? 'closed' : 'open' };
    await record(ctx, school, { kind: 'split', dated: body, details: { others } }, stateOf(school), after);
    return { schoolId: school.id, revision: school.revision + 1, parts };
  }),

  on(schoolChanges.closeSchool, async (ctx, { params, body }) => {
    const school = await beginChange(ctx, 'close', params.schoolId, body);
    await writeVersionEnd(ctx.db, school.id, body.day);
    await writeStatus(ctx.db, school.id, 'closed', body.day);
    if (school.code !== null) await writeCodeVoid(ctx.db, school.code, body.day);
    await record(ctx, school, { kind: 'closed', dated: body, details: {} }, stateOf(school), { status: 'closed' });
    await tellEnded(ctx, [school.id], `学校已于 ${body.day} 撤销`);
    return { schoolId: school.id, revision: school.revision + 1 };
  }),

  on(schoolChanges.reopenSchool, async (ctx, { params, body }) => {
    const school = await beginChange(ctx, 'reopen', params.schoolId, body);
    const refusal = returnRefusal(school, await findCodeHolder(ctx.db, school.code));
    ctx.authorize(refusal === undefined, refusal);
    await insertVersion(ctx.db, school.id, stateOf(school), body.day);
    await writeStatus(ctx.db, school.id, 'open', null);
    await writeMergedInto(ctx.db, school.id, null);
    if (school.code !== null) await writeCodeCurrent(ctx.db, school.code, school.id);
    const before = { status: school.status };
    await record(ctx, school, { kind: 'reopened', dated: body, details: {} }, before, stateOf(school));
    await ctx.announce(schoolReopened, { places: ctx.scope.places, schoolId: school.id });
    return { schoolId: school.id, revision: school.revision + 1 };
  }),

  on(schoolChanges.correctSchool, async (ctx, { params, body }) => {
    const school = await beginChange(ctx, 'correct', params.schoolId, body);
    const place = locationOf(await listUnits(ctx.db), ctx, school);
    if (body.code !== undefined && school.code !== null) throw problem('school.codeStays');
    const next = {
      ...stateOf(school),
      code: body.code ?? school.code,
      name: body.name ?? school.name,
      sponsorCode: body.sponsorCode ?? school.sponsorCode,
      ownership: body.ownership ?? school.ownership,
      urbanClass: body.urbanClass ?? school.urbanClass,
    };
    const foundedYear = body.foundedYear === undefined ? school.foundedYear : body.foundedYear;
    const day = ctx.today;
    const faults = schoolFactFaults(
      { ...next, foundedYear, managedBy: place.managedBy },
      { province: place.province, year: Number(day.slice(0, 4)) },
    );
    if (faults.length > 0) throw problem('school.facts', { faults });
    if (body.code !== undefined) {
      await assertCodesFree(ctx, [body.code]);
      await insertCode(ctx.db, body.code, school.id, day);
    }
    const year = (value: number | null) => (value === null ? null : String(value));
    const changes = [
      { what: '学校标识码', from: school.code, to: next.code },
      { what: '名称', from: school.name, to: next.name },
      {
        what: '举办者类型',
        from: sponsor(school.sponsorCode)?.name ?? null,
        to: sponsor(next.sponsorCode)?.name ?? null,
      },
      { what: '办别', from: ownershipNames[school.ownership], to: ownershipNames[next.ownership] },
      { what: '城乡类型', from: urbanClassNames[school.urbanClass], to: urbanClassNames[next.urbanClass] },
      { what: '建校年份', from: year(school.foundedYear), to: year(foundedYear) },
    ].filter((change) => change.from !== change.to);
    if (changes.length === 0) throw problem('school.nothingChanges');
    await correct(ctx, school, next, foundedYear, { day, note: body.note }, changes);
    return { schoolId: school.id, revision: school.revision + 1 };
  }),
];

async function tellEnded(
  ctx: Pick<Context, 'announce' | 'scope'>,
  schoolIds: readonly number[],
  reason: string,
): Promise<void> {
  await ctx.announce(schoolsEnded, { places: ctx.scope.places, schoolIds: [...schoolIds], reason });
}
