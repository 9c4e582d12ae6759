import { linkOptions } from '@tanstack/react-router';
import { find as findPlaces } from '#contract/directory/directory.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';
import { foundUnit } from '#web/shared/desk/found-unit.ts';
import { otherName } from '#web/shared/kit/words/OtherName.tsx';

/** Units, the 科室 and other units below them, and schools by name, former name, code or pinyin. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { units, lowerUnits, schools } = await call(findPlaces, { query: { text } }, { signal });
  const byLowerUnit = lowerUnits.map(
    ({ id, name, placeId, placeName }): Found => ({
      ...{ key: `lower-unit-${id}`, group: '科室与直属单位', title: name, note: placeName },
      link: { to: '/directory/lower-units', search: { unit: placeId, history: id } },
    }),
  );
  const bySchool = schools.map(
    (school): Found => ({
      key: `school-${school.id}`,
      group: '学校',
      title: school.name,
      note: [school.countyName, schoolCodeText(school.code), otherName('曾用名', school.formerNames)]
        .filter(Boolean)
        .join(' · '),
      link: linkOptions({ to: '/directory/schools/$schoolId', params: { schoolId: String(school.id) } }),
    }),
  );
  return [...units.map(foundUnit), ...byLowerUnit, ...bySchool];
}
