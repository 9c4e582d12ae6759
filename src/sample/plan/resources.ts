import type { Generator } from '#domain/kit/generator.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';
import { schoolType } from '#domain/org/school-type.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';

import type { Pupils, SampleSchool, SampleVersion, SampleYear } from '../model.ts';
import type { Character } from './plan.shape.ts';

/** One filing's entered values by catalogue key. */
export type Values = Record<string, number | string>;

const prefix = { primary: '小学', junior: '初中' } as const;

/** School thresholds of 教督〔2017〕6号, per pupil or per hundred; the sample only aims at them, the verdict is computed. */
const aim = {
  primary: { degree: 4.2, backbone: 1, arts: 0.9, teaching: 4.5, sports: 7.5, equipment: 0.2, media: 2.3 },
  junior: { degree: 5.3, backbone: 1, arts: 0.9, teaching: 5.8, sports: 10.2, equipment: 0.25, media: 2.4 },
} as const;
/** Heads of a section in a split: 1 : 1.1 : 1.32. */
const headWeight: Pupils = { primary: 1, junior: 1.1, senior: 1.32 };

/** The spread between the schools of a county. */
export interface Spread {
  readonly material: number;
  readonly teachers: number;
  /** Median as a multiple of the threshold. */
  readonly lift: number;
  /** No school lies below this multiple of a threshold; 0: no floor. */
  readonly floor: number;
  /** Exponent by which small schools are richer per pupil. */
  readonly smallRicher: number;
}

export function spreadOf(character: Character, draw: Generator): Spread {
  if (character === 'even') return { material: 0.13, teachers: 0.07, lift: 1.3, floor: 1.03, smallRicher: 0 };
  if (character === 'single-indicator')
    return { material: 0.16, teachers: 0.09, lift: 1.32, floor: 1.03, smallRicher: 0 };
  if (character === 'uneven') return { material: 1.15, teachers: 0.38, lift: 1.45, floor: 0, smallRicher: 0.2 };
  return {
    material: draw.between(0.2, 0.33),
    teachers: draw.between(0.12, 0.22),
    lift: draw.between(1.32, 1.6),
    floor: 0,
    smallRicher: draw.between(0.08, 0.2),
  };
}

/** The constant trait of a school through the years: its position among its peers. */
export interface Standing2025 {
  readonly pupils: Pupils;
  readonly teachers: Record<CompulsoryLevel, SectionTeachers>;
  readonly seniorTeachers: number;
  teachingArea: number;
  indoorSports: number;
  sportsGround: number;
  equipment: number;
  computers: number;
  books: number;
  mediaRooms: number;
}

interface SectionTeachers {
  total: number;
  aboveRequired: number;
  backbone: number;
  arts: number;
}

/** The resources of a school in the last year. */
export function resourcesOf(
  school: SampleSchool,
  version: SampleVersion,
  spread: Spread,
  draw: Generator,
): Standing2025 {
  const pupils = school.pupils[2025];
  const small = richness(pupils, spread);
  const special = schoolType(version.schoolType)!.category === 'special';
  const teachers = {
    primary: sectionTeachers('primary', special ? 0 : pupils.primary, spread, small, draw),
    junior: sectionTeachers('junior', pupils.junior, spread, small, draw),
  };
  const heads =
    pupils.primary * headWeight.primary + pupils.junior * headWeight.junior + pupils.senior * headWeight.senior;
  const generous = special ? 2.2 : 1;
  const per = (target: (section: CompulsoryLevel) => number, least: number, most: number) => {
    const threshold = Math.max(
      pupils.primary > 0 ? target('primary') : 0,
      pupils.junior > 0 || pupils.primary === 0 ? target('junior') / headWeight.junior : 0,
    );
    const drawn = threshold * spread.lift * small * generous * Math.exp(draw.normal(0, spread.material));
    return Math.min(most, Math.max(drawn, threshold * spread.floor, least)) * heads;
  };
  const teaching = per((section) => aim[section].teaching, 1.9, 26);
  const sports = per((section) => aim[section].sports, 1.4, 36);
  const indoorSports = hasHall(version.urbanClass, heads, draw)
    ? Math.round(Math.min(sports * 0.3, draw.between(420, 1600)))
    : 0;
  return {
    pupils,
    teachers,
    seniorTeachers:
      pupils.senior === 0 ? 0 : Math.max(12, Math.round((pupils.senior / 12.6) * Math.exp(draw.normal(0, 0.08)))),
    teachingArea: Math.ceil(teaching) + indoorSports,
    indoorSports,
    sportsGround: Math.ceil(sports) - indoorSports,
    equipment: Math.ceil(per((section) => aim[section].equipment, 0.03, 1.9) * 100) / 100,
    computers: Math.ceil(per(() => 0.135, 0.03, 1)),
    books: Math.ceil(per(() => 22, 6.5, 84)),
    mediaRooms: Math.ceil(per((section) => aim[section].media / 100, 0.007, 0.17)),
  };
}

function hasHall(urbanClass: UrbanClass, heads: number, draw: Generator): boolean {
  const likely = { urban: 0.45, town: 0.25, rural: 0.04 }[urbanClass];
  return draw.chance(likely) && heads > 500;
}

function richness(pupils: Pupils, spread: Spread): number {
  const all = pupils.primary + pupils.junior + pupils.senior;
  return Math.min(1.9, Math.max(0.8, (Math.max(20, all) / 450) ** -spread.smallRicher));
}

function sectionTeachers(
  section: CompulsoryLevel,
  pupils: number,
  spread: Spread,
  small: number,
  draw: Generator,
): SectionTeachers {
  if (pupils === 0) return { total: 0, aboveRequired: 0, backbone: 0, arts: 0 };
  const target = aim[section];
  const floor = (perHundred: number) => Math.ceil((perHundred * spread.floor * pupils) / 100);
  const usual = section === 'primary' ? 1 / 17 : 1 / 12.4;
  const share = Math.min(0.995, Math.max(0.8, draw.normal(section === 'primary' ? 0.965 : 0.935, 0.02)));
  const most = section === 'primary' ? 0.22 : 0.26;
  const rate = Math.min(most, usual * small * Math.exp(draw.normal(0, spread.teachers)));
  const total = Math.max(pupils < 60 ? 2 : 4, Math.round(rate * pupils), Math.ceil(floor(target.degree) / share));
  const loose = spread.floor > 0 ? spread.material : spread.material * 0.8 + 0.1;
  const rated = (perHundred: number, largest: number) => {
    const drawn = ((perHundred * spread.lift * pupils) / 100) * Math.exp(draw.normal(0, loose));
    return Math.min(Math.floor(total * largest), Math.max(Math.round(drawn), floor(perHundred)));
  };
  return {
    total,
    aboveRequired: Math.min(total, Math.max(Math.round(total * share), floor(target.degree))),
    backbone: rated(target.backbone, 0.55),
    arts: rated(target.arts, 0.42),
  };
}

/**
 * The values that a school files in a year: the last year's values, projected back for an earlier year. `draw` belongs
 * to the school: a named draw gives the same result in every year.
 */
export function filedValues(
  standing: Standing2025,
  version: SampleVersion,
  pupils: Pupils,
  year: SampleYear,
  draw: Generator,
): Values {
  const back = 2025 - year;
  const kind = schoolType(version.schoolType)!;
  const values: Values = { 附设班类型: '无', 附设班在校生数: 0 };
  if (kind.category === 'special' || kind.category === 'vocational') {
    const count = kind.category === 'special' ? pupils.primary : pupils.junior;
    const name = kind.category === 'special' ? '特教' : '中职';
    values[`${name}在校生数`] = count;
    values[`${name}班级数`] = Math.max(1, Math.round(count / (kind.category === 'special' ? 9 : 42)));
    values[`${name}专任教师数`] = Math.max(6, Math.round(count / (kind.category === 'special' ? 3.6 : 13)));
  } else {
    for (const section of compulsoryLevels) {
      if (!kind.levels.includes(section) || pupils[section] === 0) continue;
      Object.assign(values, sectionValues(section, standing, version.urbanClass, pupils[section], back, draw));
    }
    if (kind.levels.includes('senior')) {
      values.高中在校生数 = pupils.senior;
      values.高中班级数 = Math.max(3, Math.ceil(pupils.senior / 49));
      values.高中专任教师数 = Math.round(standing.seniorTeachers * keep(standing.pupils.senior, pupils.senior));
    }
  }
  const built = back > 0 && draw.fork('built').chance(0.08) ? 0.86 : 1;
  const older = (perYear: number) => perYear ** back * built;
  values.室内体育用房面积 = standing.indoorSports;
  values.教学及辅助用房面积 =
    Math.round((standing.teachingArea - standing.indoorSports) * older(0.997)) + standing.indoorSports;
  values.运动场地面积 = Math.round(standing.sportsGround * older(0.999));
  values.教学仪器设备值 = Math.round(standing.equipment * older(0.955) * 100) / 100;
  values.计算机台数 = Math.round(standing.computers * older(0.965));
  values.图书册数 = Math.round(standing.books * older(0.975));
  values.网络多媒体教室数 = Math.max(1, Math.round(standing.mediaRooms * older(0.97)));
  return values;
}

/** The number of teachers follows the number of pupils, but not fully. */
function keep(last: number, then: number): number {
  return last === 0 ? 1 : (then / last) ** 0.7;
}

function sectionValues(
  section: CompulsoryLevel,
  standing: Standing2025,
  urbanClass: UrbanClass,
  pupils: number,
  back: number,
  draw: Generator,
): Values {
  const name = prefix[section];
  const lasting = draw.fork(`${section} shares`);
  const of = standing.teachers[section];
  const ratio = keep(standing.pupils[section], pupils);
  const total = Math.max(of.total === 0 ? 4 : 2, Math.round(of.total * ratio));
  const within = (count: number) => Math.min(total, Math.max(0, Math.round(count)));
  const above = back === 0 ? of.aboveRequired : within(of.aboveRequired * ratio * 0.99 ** back);
  const masters = within(above * (section === 'primary' ? 0.03 : 0.075) * 0.9 ** back);
  const college = section === 'primary' ? within(above * Math.min(0.6, 0.26 + 0.03 * back)) : 0;
  const senior = within(total * (section === 'primary' ? 0.07 : 0.22) * lasting.between(0.8, 1.2));
  const middle = Math.min(
    total - senior,
    within(total * (section === 'primary' ? 0.46 : 0.4) * lasting.between(0.88, 1.12)),
  );
  const arts = back === 0 ? of.arts : within(of.arts * ratio * 0.98 ** back);
  const physical = Math.ceil(arts * 0.46);
  const music = Math.floor((arts - physical) / 2);
  const classes = classesOf(section, urbanClass, pupils);
  const migrants = { urban: 0.24, town: 0.16, rural: 0.03 }[urbanClass];
  return {
    [`${name}在校生数`]: pupils,
    [`${name}班级数`]: classes,
    [`${name}最大班额`]: Math.min(pupils, Math.ceil(pupils / classes) + lasting.integer(0, 3)),
    [`${name}随迁子女数`]: Math.round(pupils * migrants * lasting.between(0.7, 1.3)),
    [`${name}专任教师数`]: total,
    [`${name}博士学历教师数`]: 0,
    [`${name}硕士学历教师数`]: masters,
    [`${name}本科学历教师数`]: above - masters - college,
    ...(section === 'primary' ? { 小学专科学历教师数: college } : {}),
    [`${name}正高级职称教师数`]: 0,
    [`${name}副高级职称教师数`]: senior,
    [`${name}中级职称教师数`]: middle,
    [`${name}初级及未定职级职称教师数`]: total - senior - middle,
    [`${name}县级以上骨干教师数`]: back === 0 ? of.backbone : within(of.backbone * ratio * 0.97 ** back),
    [`${name}体育教师数`]: physical,
    [`${name}音乐教师数`]: music,
    [`${name}美术教师数`]: arts - physical - music,
    [`${name}艺术教师数`]: 0,
  };
}

function classesOf(section: CompulsoryLevel, urbanClass: UrbanClass, pupils: number): number {
  if (section === 'junior') return Math.max(3, Math.ceil(pupils / 47));
  if (pupils < 66) return Math.max(1, Math.round(pupils / 13));
  return Math.max(6, Math.ceil(pupils / { urban: 45, town: 43, rural: 38 }[urbanClass]));
}
