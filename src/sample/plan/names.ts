import type { Generator } from '#domain/kit/generator.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';
import words from '../../../reference/sample/words.json' with { type: 'json' };

export interface NameMaker {
  /** A name of a school of this type in this county that no other school of the county has. */
  school(unit: { unitCode: string; name: string }, schoolType: string, place: SchoolPlace): string;
  person(): string;
}

export interface SchoolPlace {
  readonly urbanClass: UrbanClass;
  readonly private: boolean;
}

const endings: Record<string, readonly string[]> = {
  '211': ['小学', '小学', '实验小学'],
  '218': ['教学点'],
  '311': ['初级中学', '中学'],
  '312': ['学校'],
  '321': ['职业初级中学'],
  '341': ['中学'],
  '342': ['高级中学'],
  '345': ['外国语学校', '双语学校', '学校'],
  '371': ['专门学校'],
  '513': ['启智学校'],
  '514': ['特殊教育学校'],
};

/** Makes names from the morphemes of `words.json`; the same generator gives the same names. */
export function nameMaker(random: Generator): NameMaker {
  const taken = new Set<string>();
  const towns = new Map<string, string[]>();
  const letters = (text: string) => [...text];

  const brand = () => random.pick(letters(words.brandFirst)) + random.pick(letters(words.brandSecond));
  const village = (unitCode: string) => {
    const land = words.coastUnits.includes(unitCode) ? 'coast' : 'hill';
    const first = random.pick(letters(words.villageFirst[land]));
    const second = random.pick(letters(words.villageSecond[land]).filter((letter) => letter !== first));
    return first + second;
  };
  const townOf = (unitCode: string) => {
    let known = towns.get(unitCode);
    if (!known) {
      known = [...new Set(Array.from({ length: 22 }, () => village(unitCode)))];
      towns.set(unitCode, known);
    }
    return random.pick(known);
  };

  const draft = (unit: { unitCode: string; name: string }, schoolType: string, place: SchoolPlace): string => {
    const ending = random.pick(endings[schoolType] ?? ['学校']);
    if (schoolType === '218') return `${unit.name}${townOf(unit.unitCode)}镇${village(unit.unitCode)}${ending}`;
    if (schoolType === '211' && place.urbanClass === 'rural' && !place.private) {
      return `${unit.name}${townOf(unit.unitCode)}镇${village(unit.unitCode)}小学`;
    }
    if (schoolType === '211' && place.urbanClass === 'town' && !place.private && random.chance(0.6)) {
      return random.chance(0.3)
        ? `${unit.name}${townOf(unit.unitCode)}中心小学`
        : `${unit.name}${townOf(unit.unitCode)}镇${village(unit.unitCode)}小学`;
    }
    if (schoolType === '311' && place.urbanClass !== 'urban' && !place.private && random.chance(0.8)) {
      return `${unit.name}${townOf(unit.unitCode)}${ending}`;
    }
    return `${unit.name}${brand()}${ending}`;
  };

  return {
    school(unit, schoolType, place) {
      for (let attempt = 0; attempt < 1000; attempt += 1) {
        const name = draft(unit, schoolType, place);
        if (taken.has(name)) continue;
        taken.add(name);
        return name;
      }
      throw new Error(`no free name left for type ${schoolType} in ${unit.name}`);
    },
    person() {
      const surname = random.pick(letters(words.surnames));
      const given = random.pick(letters(words.givenFirst)) + random.pick(letters(words.givenSecond));
      return surname + given;
    },
  };
}
