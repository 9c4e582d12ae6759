import { linkOptions } from '@tanstack/react-router';
import { find as findPlaces } from '#contract/directory/directory.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';
import { foundUnit } from '#web/shared/desk/found-unit.ts';

/** Units and schools by name, code or pinyin initials. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { units, schools } = await call(findPlaces, { query: { text } }, { signal });
  const bySchool = schools.map(
    (school): Found => ({
      key: `school-${school.id}`,
      group: '学校',
      title: school.name,
      note: `${school.countyName} · ${schoolCodeText(school.code)}`,
      link: linkOptions({ to: '/directory/schools/$schoolId', params: { schoolId: String(school.id) } }),
    }),
  );
  return [...units.map(foundUnit), ...bySchool];
}
