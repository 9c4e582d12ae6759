import { digestOf } from '#core/evidence/digest.ts';
import { addDays } from '#domain/kit/school-year.ts';
import type { LetterFigure } from '#domain/letter/figure.shape.ts';
import { officeOf } from '#domain/letter/office.ts';
import { momentOn } from '../calendar.ts';
import { Hanging } from '../files.ts';
import type { SampleCity, SampleUnit } from '../model.ts';
import type { Laying, SampleRows, SampleSeries, SampleText } from '../part.ts';
import { LetterDesk, type Sent } from './letter-desk.ts';
import { type SampleLetter, sampleLetters } from './letters.shape.ts';

/** The rows of letters; the same city and day give the same rows. */
export function letterRows(city: SampleCity, laying: Laying): SampleRows {
  const { today, now, files } = laying;
  const desk = new LetterDesk(city, laying, 'letters', '2024-01-02T08:00:00+08:00');
  const person = (role: string, unitId: number) =>
    city.people.find((one) => one.role === role && one.unitId === unitId)!;
  const ago = (days: number) => addDays(today, -days);
  const units = (of: readonly SampleUnit[]) => of.map((unit) => ({ unit, schoolId: null }));
  const add = (office: ReturnType<LetterDesk['open']>, letter: SampleLetter, sent: Sent) =>
    desk.add(office, writtenOf(letter, office.unit, momentOn(sent.on, 0, now)), sent);

  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!;
  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  const section = person('section-officer', cityUnit.id);
  const colleague =
    city.people.find(({ further }) => further.some(({ role }) => role === 'section-officer')) ?? section;
  const second = { id: colleague.id, name: colleague.name, role: 'section-officer' };
  const office = desk.open(cityUnit, sampleLetters.series.city, [
    ...([section, second, person('city-officer', cityUnit.id)] as const),
  ]);
  const everybody = { to: units(counties), addressees: ['各县（市、区）人民政府'] };
  const [notice, rectification, bulletin, opinion, review, posting, asking, meeting] = sampleLetters.city;
  add(office, notice, { ...everybody, state: 'issued', on: ago(40), received: counties.length });
  const asked = add(office, rectification, { ...everybody, state: 'issued', on: ago(20), received: 4 });
  add(office, bulletin, { ...everybody, state: 'withdrawn', on: ago(12), received: 2 });
  add(office, opinion, { ...everybody, state: 'checked', on: ago(3) });
  const first = counties.slice(0, 1);
  add(office, review, { to: units(first), addressees: [first[0]!.name], state: 'signed', on: ago(2) });
  const posted = add(office, posting, { ...everybody, state: 'submitted', on: ago(1) });
  const wanted = add(office, asking, { to: [], addressees: ['市财政局'], state: 'draft', on: ago(1) });
  add(office, meeting, { ...everybody, state: 'cancelled', on: ago(6) });
  const hanging = new Hanging(city, files, 'letters');
  for (const { placeId, id } of [posted, wanted]) {
    const subject = { type: 'letter' as const, placeId, id, schoolId: null };
    hanging.add(subject, 'equipment', '设备经费明细', section, momentOn(ago(1), 5, now));
    hanging.add(subject, 'reportInPdf', '情况说明', section, momentOn(ago(1), 6, now));
  }
  const [county] = counties;
  if (county) {
    const officer = person('county-officer', county.id);
    const director = person('county-director', county.id);
    const own = desk.open(county, sampleLetters.series.county, [officer, director, director]);
    add(own, sampleLetters.county, {
      ...{ state: 'checked', on: ago(1), to: units([cityUnit]), addressees: [officeOf(cityUnit.name)] },
      replyTo: asked,
    });
  }
  return { tables: [...desk.tables(), hanging.table], jobs: desk.jobs };
}

function writtenOf(
  { kind, title, text, openFindings: open }: SampleLetter,
  unit: SampleUnit,
  readAt: Date,
): SampleText {
  const body = text.map((one) => ({ kind: 'paragraph' as const, text: one }));
  return { kind, title, body, ...(open === undefined ? {} : { figures: [openFindings(unit, open, readAt)] }) };
}

/** The number of open findings as a letter holds it, from a list of before. */
function openFindings({ id, name }: SampleUnit, value: string, readAt: Date): LetterFigure {
  const asked = { query: 'rectifications.count', unitId: id, year: 2025, choice: 'open' } as const;
  return {
    ...{ key: 1, asked, title: '整改台账：问题数', label: `${name} 2025 学年未销号问题数`, value },
    readAt: readAt.toISOString(),
    certificate: [{ item: '清单校验码', value: digestOf({ asked, value }).slice(0, 32) }],
  };
}

/** What other parts have issued, each in a series of its own: everybody has received it. What waits for a signature comes behind. */
export function issuedRows(city: SampleCity, laying: Laying, all: readonly SampleSeries[]): SampleRows {
  const desks = all.map(({ part, since, unit, code, hands, issued, waiting }) => {
    const desk = new LetterDesk(city, laying, part, since);
    const office = desk.open(unit, code, hands);
    for (const { text, sent } of issued) desk.add(office, text, { ...sent, state: 'issued', received: sent.to.length });
    for (const { text, sent } of waiting) desk.add(office, text, { ...sent, state: 'signed' });
    return desk;
  });
  return { tables: desks.flatMap((desk) => desk.tables()), jobs: desks.flatMap(({ jobs }) => jobs) };
}
