import { z } from 'zod';
import { passedWork } from '#core/access/pass-work.ts';
import { job } from '#platform/jobs/port.ts';

/** Jobs of the ledger that follow what happens elsewhere; their data are those of the occurrences. */

/** Findings of a source enter the ledger, each once. */
export const enterRaised = job({
  name: 'rectifications.enterRaised',
  title: '把各业务发现的问题转入整改台账',
  data: z.object({
    sourceType: z.string(),
    sourceId: z.string(),
    sourceLabel: z.string(),
    openedByUnitId: z.int(),
    openedLevel: z.enum(['county', 'city']),
    findings: z.array(
      z.object({
        id: z.uuid(),
        placeId: z.int(),
        kind: z.string(),
        title: z.string(),
        body: z.string(),
        whereFound: z.string().optional(),
        severity: z.enum(['minor', 'moderate', 'serious', 'urgent']).optional(),
        duty: z.object({ type: z.enum(['unit', 'section', 'school']), id: z.int() }),
        aboutSchoolId: z.int().optional(),
        schoolYear: z.int(),
        foundOn: z.iso.date(),
        dueOn: z.iso.date().optional(),
        sourceKey: z.string(),
      }),
    ),
  }),
  retries: 5,
});

/** A school moved: the county into which it came is told what of it is open, and the old one goes on checking. */
export const passFindings = job({
  name: 'rectifications.pass',
  title: '把转入学校的未办结问题告知转入县（市、区）',
  data: z.object({ schoolId: z.int(), fromCountyId: z.int(), toCountyId: z.int() }),
  retries: 5,
});

/** The findings for which a person is responsible pass to another. */
export const passDuties = job({
  name: 'rectifications.passDuties',
  title: '把负责整改的问题移交给接手人',
  data: passedWork,
  retries: 5,
});

/** A school ended: whoever opened its findings is told that the duty has passed, or that nobody has it. */
export const tellEnded = job({
  name: 'rectifications.schoolEnded',
  title: '告知撤并学校未办结的问题',
  data: z.object({ schoolIds: z.array(z.int()), reason: z.string() }),
  retries: 5,
});
