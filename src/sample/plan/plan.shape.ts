import { z } from 'zod';
import { permissions } from '#domain/access/permissions.ts';
import { day, list, number, oneOf, parts, text, whole } from '#domain/kit/definition.shape.ts';
import { lowerKinds } from '#domain/org/unit-kind.ts';

const share = number.min(0, '应是 0 到 1 的数字').max(1, '应是 0 到 1 的数字');
const many = whole(0, 1_000_000);
const sponsorCode = whole(1, 10);

/** The spread of the schools of a county. It is chosen to give a planned verdict, and a test proves that it does. */
const character = oneOf(['even', 'single-indicator', 'uneven', 'ordinary']);
export type Character = z.output<typeof character>;

/** The state of a filing of the last year: `missing` has not been started, `returned` is a draft again. */
const progress = oneOf(['missing', 'draft', 'returned', 'submitted', 'approved', 'accepted']);
export type Progress = z.output<typeof progress>;

const countyPlan = parts({
  unitCode: text,
  character,
  /** Share of the county's schools by state of their filing of the last year; the last state named takes the rest. */
  progress: z.partialRecord(progress, share),
  /** The number of schools of each 办学类型 in the county in the last year. */
  schools: z.record(text, many),
  special: many,
  private: z.record(text, many),
  pupils: parts({ primary: many, junior: many, senior: many }),
  urbanShare: parts({ city: share, town: share }),
  /** Deviation of the logarithm of school size. */
  sizeSpread: number,
});
export type CountyPlan = z.output<typeof countyPlan>;

const kind = { unitCode: text, schoolType: text };

/** The plan of the sample city, as `reference/sample/` keeps it. */
export const samplePlanShape = parts({
  counties: list(countyPlan),
  /** One line for each school that the city runs itself, with the county of its location. */
  cityRun: list(parts({ ...kind, sponsorCode })),
  /** Kinds beside the published counts: 职业初中 and 专门学校. */
  others: list(parts(kind)),
  /** Single schools of another sponsor: 县级其他部门, 地方企业. */
  sponsors: list(parts({ ...kind, sponsorCode })),
});
export type Plan = z.output<typeof samplePlanShape>;

/** The inspectors of the sample city and the role that they hold, as `reference/sample/` keeps them. */
export const sampleInspectorsShape = parts({
  role: parts({ key: text, name: text, permissions: list(z.enum(permissions, '应是一项权限')) }),
  /** By the unit that appoints, with the number of schools that are assigned. */
  inspectors: list(parts({ unitCode: text, schools: whole(1, 100) })),
});

/** What stands below the city and its counties in the sample, as `reference/sample/` keeps it. */
export const sampleLowerUnitsShape = parts({
  units: list(
    parts({
      unitCode: text,
      kind: oneOf(lowerKinds),
      name: text,
      /** Earlier names, the oldest first, each with the day on which it ended. */
      former: list(parts({ name: text, until: day })),
    }),
  ),
  /** The people whose first post names its section. */
  posts: list(parts({ username: text, unitCode: text, name: text })),
});
