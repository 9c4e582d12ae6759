import type pg from 'pg';
import type { Ownership } from '#domain/org/ownership.ts';
import { layOwingSchool, layYear } from '../collection.ts';

/** A school of a year as a balance test needs it; absent keys mean an ordinary public 小学 of the county. */
export interface YearSchool {
  readonly id: number;
  readonly county: number;
  readonly managing?: number;
  readonly type?: string;
  readonly sponsor?: number;
  readonly ownership?: Ownership;
  /** Approved figures by catalogue name; null: the school owes them. */
  readonly values: Readonly<Record<string, number>> | null;
}

/** Figures of a 小学 that reaches every threshold of 优质均衡; `richness` multiplies all of them. */
export function primaryFigures(pupils: number, richness = 1): Record<string, number> {
  return {
    小学在校生数: pupils,
    小学班级数: Math.ceil(pupils / 45),
    教学及辅助用房面积: pupils * 6 * richness,
    室内体育用房面积: pupils * 0.5 * richness,
    运动场地面积: pupils * 8 * richness,
    教学仪器设备值: pupils * 0.25 * richness,
    计算机台数: pupils * 0.15 * richness,
    图书册数: pupils * 25 * richness,
    网络多媒体教室数: pupils * 0.03 * richness,
    小学专任教师数: pupils * 0.06 * richness,
    小学高于规定学历教师数: pupils * 0.05 * richness,
    小学中级及以上职称教师数: pupils * 0.03 * richness,
    小学县级以上骨干教师数: pupils * 0.015 * richness,
    小学体育艺术专任教师数: pupils * 0.012 * richness,
  };
}

/** The same for a 初级中学. */
export function juniorFigures(pupils: number, richness = 1): Record<string, number> {
  const figures = primaryFigures(pupils, richness * 1.4);
  return Object.fromEntries(
    Object.entries({ ...figures, 小学在校生数: pupils }).map(([name, value]) => [name.replace('小学', '初中'), value]),
  );
}

/**
 * Opens a school year as the owner, with its frozen register and one filing a school; a filed one counts as approved.
 */
export async function layBalanceYear(
  owner: pg.ClientBase,
  year: number,
  schools: readonly YearSchool[],
): Promise<number> {
  const laid = await layYear(owner, {
    ...{ year, opensOn: `${year}-09-01`, deadline: `${year}-10-20`, cityDeadline: `${year}-11-10` },
  });
  for (const school of schools) {
    const { id, county, managing = county, type = '211', sponsor = 7, ownership = 'public', values } = school;
    const named = { code: String(2_135_000_000 + id), name: `第${id}校`, urban: 'urban' };
    await layOwingSchool(
      owner,
      laid,
      { ...named, id, county, managing, type, sponsor, ownership },
      {
        state: values === null ? 'draft' : 'approved',
        approved: values === null ? null : JSON.stringify(values),
        approved_at: new Date(),
      },
    );
  }
  return laid.periodId;
}

/** Writes what an approval or a reopening leaves: other approved figures, or none. */
export async function approveFigures(
  owner: pg.ClientBase,
  periodId: number,
  schoolId: number,
  values: Readonly<Record<string, number | string>> | null,
): Promise<void> {
  await owner.query(
    `update filings set state = $3, approved = $4
      where collection_id = (select id from collections where period_id = $1) and school_id = $2`,
    [periodId, schoolId, values === null ? 'draft' : 'approved', values === null ? null : JSON.stringify(values)],
  );
}
