import { digestOf } from '#core/evidence/digest.ts';
import { Tree } from '#domain/framework/edition/tree.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays } from '#domain/kit/school-year.ts';
import variant from '../../../reference/frameworks/basic-balance-gov-variant.json' with { type: 'json' };
import { momentOn } from '../calendar.ts';
import { keyPointsMapping } from '../editions.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity } from '../model.ts';
import type { Laying, SamplePart, SampleRows } from '../part.ts';
import { Table } from '../table.ts';

/** The published editions are laid by the start; the city is completing one of them. */
export function part(): SamplePart {
  return { steps: [], rows: draftRows };
}

/** How many indicators the city has written so far: their points were read from an incomplete document. */
const written = 4;

function draftRows(city: SampleCity, laying: Laying): SampleRows {
  const { standing } = laying;
  const ids = sampleIds(generator(`${city.seed} frameworks`), '2017-03-06T09:00:00+08:00');
  const cityUnit = city.units.find(({ adminLevel }) => adminLevel === 'city')!;
  const officer = city.people.find(({ role }) => role === 'city-officer')!;
  const base = variant as unknown as Edition;
  const unknown = base.indicators.filter(({ reading }) => reading).slice(0, written);
  const versions = Object.fromEntries(unknown.map(({ code }) => [`${code}.points`, 1]));
  const definition: Edition = {
    ...base,
    key: `${base.key}-own`,
    authority: 'sample',
    completedBy: cityUnit.name,
    indicators: base.indicators.map(({ reading, ...indicator }) =>
      unknown.some(({ code }) => code === indicator.code) || !reading ? indicator : { ...indicator, reading },
    ),
  };
  const drafts = new Table(
    'framework_drafts',
    'place_id id key based_on definition title leaves open_codes versions revision created_by created_at updated_by updated_at',
    true,
  );
  const basedOn = { key: base.key, revision: 1, hash: digestOf(base) };
  const { leaves, open } = new Tree(definition);
  drafts.add(
    ...[cityUnit.id, ids.next(), definition.key, JSON.stringify(basedOn), JSON.stringify(definition)],
    ...[definition.title, leaves.length, JSON.stringify(open)],
    ...[JSON.stringify(versions), 1 + unknown.length, officer.name, standing, officer.name, standing],
  );
  return { tables: [drafts, mappingRows(city, laying)] };
}

/** The mapping onto the edition that the city has published itself. */
function mappingRows(city: SampleCity, { today, standing }: Laying): Table {
  const ids = sampleIds(generator(`${city.seed} mappings`), '2017-03-06T09:00:00+08:00');
  const { id } = city.units.find(({ adminLevel }) => adminLevel === 'city')!;
  const { name } = city.people.find(({ role }) => role === 'city-officer')!;
  const published = momentOn(addDays(today, -100), 10, standing);
  const mappings = new Table(
    'framework_mappings',
    'place_id id from_key from_revision to_key to_revision pairs created_by created_at updated_by updated_at',
    true,
  );
  mappings.add(
    ...[id, ids.next(), 'county-inspection-sample', 1, 'county-key-points', 1, { ...keyPointsMapping }],
    ...[name, published, name, published],
  );
  return mappings;
}
