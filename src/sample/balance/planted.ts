import { schoolType } from '#domain/org/school-type.ts';
import { frozenOn, type SampleSchool, versionOn } from '../model.ts';
import type { Standing2025 } from '../plan/resources.ts';

/** Aimed-at 差异系数 of 每百名学生拥有县级以上骨干教师数 in 初中: it is the only one above the limit of 0.45. */
const aimedAt = 0.474;

/**
 * In the county that fails by a single indicator every school passes. Only the 骨干教师 of 初中 are spread too unevenly,
 * because a few schools attract them.
 */
export function plantSingleIndicator(
  schools: readonly SampleSchool[],
  standings: ReadonlyMap<number, Standing2025>,
): void {
  const sections = schools
    .filter((school) => school.character === 'single-indicator')
    .filter((school) => {
      const version = versionOn(school, frozenOn(2025));
      const kind = version && schoolType(version.schoolType);
      return kind?.category === 'ordinary' && school.pupils[2025].junior > 0;
    })
    .map((school) => ({ pupils: school.pupils[2025].junior, teachers: standings.get(school.id)!.teachers.junior }))
    .sort((a, b) => b.pupils - a.pupils);
  const all = sections.reduce((sum, section) => sum + section.pupils, 0);

  const rich = new Set<(typeof sections)[number]>();
  let gathered = 0;
  // Every third school from the largest down, until these schools have a fifth of the pupils.
  for (let index = 1; index < sections.length && gathered < all * 0.2; index += 3) {
    rich.add(sections[index]!);
    gathered += sections[index]!.pupils;
  }
  for (let rate = 1.5; rate < 6; rate += 0.02) {
    for (const section of sections) {
      const perHundred = rich.has(section) ? rate : 1.08;
      section.teachers.backbone = Math.min(
        Math.floor(section.teachers.total * 0.8),
        Math.ceil((section.pupils * perHundred) / 100),
      );
    }
    if (coefficient(sections, all) >= aimedAt) return;
  }
  throw new Error('the county that fails by one indicator could not be planted');
}

/** This is used only for aiming; the product computes the verdict from the filed values. */
function coefficient(sections: ReadonlyArray<{ pupils: number; teachers: { backbone: number } }>, all: number): number {
  const mean = sections.reduce((sum, section) => sum + section.teachers.backbone, 0) / all;
  const variance = sections.reduce(
    (sum, section) => sum + (section.pupils / all) * (section.teachers.backbone / section.pupils - mean) ** 2,
    0,
  );
  return Math.sqrt(variance) / mean;
}
